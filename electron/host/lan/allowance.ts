// How often somebody may knock: an allowance that refills steadily. Memory stays bounded however many strangers come by.

interface Bucket {
  left: number;
  at: number;
}

export interface Allowance {
  /** False when this one has used up its share for now. */
  take(who: string): boolean;
}

const REMEMBERED_MOST = 2_000;

/** `burst` calls at once, then `perSecond`. Instants are monotonic milliseconds. */
export function allowance(burst: number, perSecond: number, monotonicMs: () => number): Allowance {
  const buckets = new Map<string, Bucket>();

  function forgetTheRested(now: number): void {
    for (const [who, bucket] of buckets) {
      if (bucket.left + ((now - bucket.at) / 1_000) * perSecond >= burst) buckets.delete(who);
    }
    // Everybody is busy at once: the longest known give way, and start again with a full share.
    for (const who of buckets.keys()) {
      if (buckets.size < REMEMBERED_MOST) break;
      buckets.delete(who);
    }
  }

  return {
    take(who) {
      const now = monotonicMs();
      let bucket = buckets.get(who);
      if (bucket === undefined) {
        if (buckets.size >= REMEMBERED_MOST) forgetTheRested(now);
        bucket = { left: burst, at: now };
        buckets.set(who, bucket);
      }
      bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
      bucket.at = now;
      if (bucket.left < 1) return false;
      bucket.left -= 1;
      return true;
    },
  };
}
