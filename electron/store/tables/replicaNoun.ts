// What a noun of the replica hands over beside its writes: the whole replica can be dropped and pulled again, the journal never.

export interface Droppable<Writes> {
  readonly writes: Writes;
  drop(): void;
}

export interface ReplicaNoun<Writes> extends Droppable<Writes> {
  /** Head office does not list these server ids any more. */
  markGone(serverIds: readonly number[]): void;
}
