/** The server answers. */
export class PingResponse {
  /** Always `pong`. @example pong */
  result: 'pong';
}
