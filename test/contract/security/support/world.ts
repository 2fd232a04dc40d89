import type { AddressInfo } from 'node:net';
import { secondWorkspace, setUp } from '../../../support/api-app.js';
import { ChatLab } from '../../../support/chat-lab.js';
import type { Actor } from './actor.js';
import { Wire } from './call.js';
import { WorkspaceObjects } from './workspace-objects.js';

/** Of the installation; the victim runs it. */
const ADMIN_KEY = 'the admin key of this installation';

/** Two workspaces in one running application, and those who try to reach what is not theirs. */
export class World {
  readonly lab = new ChatLab();
  objects: WorkspaceObjects;
  wire: Wire;
  port: number;
  /** The owner of workspace A and an end user of its apps: everything of his exists. */
  victim: Actor;
  /** The owner of workspace B and an end user of its apps. */
  stranger: Actor;
  /** Holds keys of other apps of workspace A. */
  neighbour: Actor;
  /** Holds the victim's keys and names another end user. */
  otherUser: Actor;
  /** Another member of workspace A. */
  colleague: Actor;

  async start(env: Record<string, string>): Promise<void> {
    await this.lab.model.start();
    await this.lab.startApp({ ...env, ADMIN_API_KEY_ENABLE: 'true', ADMIN_API_KEY: ADMIN_KEY });
    this.port = (this.lab.app.getHttpServer().address() as AddressInfo).port;
    this.wire = new Wire(this.port);
    this.objects = new WorkspaceObjects(this.lab);
    const a = await this.objects.workspace('victim', await setUp(this.lab.app));
    const b = await this.objects.workspace('stranger', await secondWorkspace(this.lab.app));
    const ofA = await this.objects.apps(a);
    this.victim = { ...(await this.objects.actor('victim', ofA, 'user-x')), adminKey: ADMIN_KEY };
    this.otherUser = await this.objects.actor('otherUser', ofA, 'user-y');
    this.neighbour = await this.objects.actor('neighbour', await this.objects.apps(a), 'user-x');
    this.stranger = await this.objects.actor('stranger', await this.objects.apps(b), 'user-x');
    this.colleague = await this.objects.member('colleague', this.victim);
  }

  async stop(): Promise<void> {
    this.wire.close();
    await this.lab.stop();
  }
}
