import { Injectable } from '@nestjs/common';
import { UnexpectedError } from '#common';
import type { Scheme } from './access.js';
import type { Authenticator, SetupGate } from './authenticator.js';

/** Registry of the ways to say who one is: owned here, filled by the features that own the credentials, at module init. */
@Injectable()
export class Authenticators {
  private readonly byScheme = new Map<Scheme, Authenticator<Scheme>>();
  private gate: SetupGate | null = null;

  /** Registers the one authenticator of a scheme. A second one throws. */
  register<S extends Scheme>(scheme: S, authenticator: Authenticator<S>): void {
    if (this.byScheme.has(scheme)) throw new Error(`Two authenticators are registered for the scheme ${scheme}.`);
    this.byScheme.set(scheme, authenticator);
  }

  /** Registers what refuses callers before the installation is set up. */
  registerSetupGate(gate: SetupGate): void {
    if (this.gate !== null) throw new Error('Two set-up gates are registered.');
    this.gate = gate;
  }

  /** The authenticator of a scheme. */
  get(scheme: Scheme): Authenticator<Scheme> {
    const found = this.byScheme.get(scheme);
    if (found) return found;
    throw new UnexpectedError({
      code: 'unknown',
      status: 500,
      message: `Nothing authenticates the scheme ${scheme}: the feature that owns it is not part of this process.`,
    });
  }

  /** The set-up gate, or null where none is registered (tests, inner tools). */
  get setupGate(): SetupGate | null {
    return this.gate;
  }

  /** Schemes that have an authenticator. */
  get schemes(): Scheme[] {
    return [...this.byScheme.keys()];
  }
}
