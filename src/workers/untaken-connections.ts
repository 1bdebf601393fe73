import type { Worker } from 'node:cluster';

/** A connection as Node passes it to another process. */
interface Handle {
  close(): void;
}

/** A message of `node:cluster` itself (Node, lib/internal/cluster): a connection for a worker, or the worker's answer to one. */
interface ClusterMessage {
  readonly act?: string;
  readonly seq?: number;
  readonly ack?: number;
}

type Send = (message: ClusterMessage, handle?: Handle, ...rest: unknown[]) => boolean;

/**
 * Closes, when a worker has ended, the connections that it was given and has not taken. Node itself waits for the answer of the dead
 * one: the connection would stay open for ever, and its client would wait.
 */
export function closeUntaken(worker: Worker): void {
  const untaken = new Map<number, Handle>();
  const child = worker.process as unknown as { send: Send };
  const send = child.send.bind(child);
  child.send = (message, handle, ...rest) => {
    if (message.act === 'newconn' && handle && message.seq !== undefined) untaken.set(message.seq, handle);
    return send(message, handle, ...rest);
  };
  worker.process.on('internalMessage', ({ ack }: ClusterMessage) => {
    if (ack !== undefined) untaken.delete(ack);
  });
  worker.once('exit', () => {
    for (const handle of untaken.values()) handle.close();
    untaken.clear();
  });
}
