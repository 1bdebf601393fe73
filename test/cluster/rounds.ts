/** How often a story at three nodes is repeated: by default so often that all of them end within some minutes. */
export const ROUNDS = Number(process.env.CLUSTER_ROUNDS ?? 60);
