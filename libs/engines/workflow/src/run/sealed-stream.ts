import type { SecretVault } from '../pool/secret-vault.js';

/** Passes text on in pieces, with no secret in them: the end of what came is kept back as long as it could be the beginning of one. */
export class SealedStream {
  private held = '';

  constructor(private readonly secrets: SecretVault) {}

  /** What may be shown now. */
  push(text: string): string {
    const sealed = this.secrets.sealText(this.held + text);
    const keep = this.secrets.pendingLength(sealed);
    this.held = sealed.slice(sealed.length - keep);
    return this.secrets.displayText(sealed.slice(0, sealed.length - keep));
  }

  /** The rest. */
  end(): string {
    const rest = this.held;
    this.held = '';
    return this.secrets.displayText(this.secrets.sealText(rest));
  }
}
