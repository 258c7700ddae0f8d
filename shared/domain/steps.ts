// What may be decided of a record, each from one state into another: as loans before they are paid out, and savings accounts before they are active.

export type Steps<Deed extends string, Status extends string> = Readonly<Record<Deed, { readonly from: Status; readonly to: Status }>>;

/** In the order of the table. */
export function deedsFrom<Deed extends string, Status extends string>(steps: Steps<Deed, Status>, status: Status): readonly Deed[] {
  return (Object.keys(steps) as Deed[]).filter((deed) => steps[deed].from === status);
}

export function isStep<Status extends string>(steps: Steps<string, Status>, from: Status, to: string | null): to is Status {
  return Object.values(steps).some((step) => step.from === from && step.to === to);
}
