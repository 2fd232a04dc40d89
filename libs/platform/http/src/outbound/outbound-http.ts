import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EgressConfig } from '#platform/config';
import type { EgressPolicy } from './egress-policy.js';
import { GuardedClient } from './guarded-client.js';
import type { OutboundRequest, OutboundResponse } from './outbound.types.js';

/** One policy's client; fits the `HttpTransport` port of the model engine. */
export interface OutboundTransport {
  request(request: OutboundRequest): Promise<OutboundResponse>;
}

/** The only way to a URL that a user gave: guarded by policy at every connection, keep-alive, streaming. */
@Injectable()
export class OutboundHttp implements OnApplicationShutdown {
  private readonly clients: Readonly<Record<EgressPolicy, GuardedClient>>;

  constructor(config: EgressConfig) {
    const client = (policy: EgressPolicy): GuardedClient => new GuardedClient({ ...config, policy });
    this.clients = { public: client('public'), model: client('model') };
  }

  /** Sends a request under a policy. A status of 400 and more is an answer; rejects when no answer came or the address is closed. */
  request(policy: EgressPolicy, request: OutboundRequest): Promise<OutboundResponse> {
    return this.clients[policy].request(request);
  }

  /** The way out under one policy, for engines. */
  transport(policy: EgressPolicy): OutboundTransport {
    return this.clients[policy];
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.clients.public.close(), this.clients.model.close()]);
  }
}
