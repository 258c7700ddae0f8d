// A long form is kept as a draft after every field, so that a power cut in the middle of it costs nothing: it is found again with the words that
// were typed, under the id by which a second press is the same fact.

import { onMounted, onUnmounted, ref, watch, type Ref } from 'vue';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { newFormId } from '../app/wallClock.ts';
import { untilAnswered } from './untilAnswered.ts';
import { useBranch } from './useBranch.ts';

const KEEP_AFTER_MS = 600;

type Field = string | string[];

export interface FormDraft {
  /** Of the form as it stands: another one once it was used. */
  formId(): string;
  renewFormId(): void;
  readonly keptAt: Ref<number | null>;
  /** Whether it is known what lies in the draft: the form is shown from then on, so that a draft which arrives late finds nothing typed. */
  readonly isReady: Ref<boolean>;
  /** Nothing more is kept by itself: it is pressed now. */
  pause(): void;
  discard(): Promise<void>;
  /** To another page, with what was typed kept. */
  leaveFor(page: RouteLocationRaw): Promise<void>;
  /** The form as it stands before anybody typed. */
  startAgain(): Promise<void>;
}

/** `form`: reactive, and filled again from what was kept; `changed` is told a moment after the last word. */
export function useFormDraft<Form extends Record<string, Field>>(
  draftKey: string,
  form: Form,
  empty: () => Form,
  {
    isTyped,
    isBusy,
    changed = () => undefined,
    begin = () => undefined,
  }: {
    readonly isTyped: () => boolean;
    readonly isBusy: () => boolean;
    readonly changed?: () => void;
    /** Writes what stands there before anybody typed. */
    readonly begin?: () => void;
  },
): FormDraft {
  const branch = useBranch();
  const router = useRouter();
  let formId = newFormId();
  const keptAt = ref<number | null>(null);
  const isReady = ref(false);
  let later: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  onUnmounted(() => {
    isOver = true;
  });

  onMounted(async () => {
    // No answer is not an empty draft: what is typed next would be kept in its place.
    const answer = await untilAnswered(
      () => branch.drafts.show({ draftKey }),
      () => isOver,
    );
    if (answer === null) return;
    const kept = answer.ok && answer.value !== null ? read(answer.value.body) : null;
    if (answer.ok && answer.value !== null && kept !== null) {
      Object.assign(form, kept.form);
      formId = kept.formId;
      keptAt.value = answer.value.keptAt;
    }
    isReady.value = true;
  });

  /** What lies in a draft may be of an older page: only what fits is taken. */
  function read(body: string): { readonly formId: string; readonly form: Partial<Form> } | null {
    try {
      const kept = JSON.parse(body) as { formId?: unknown; form?: Record<string, unknown> };
      if (typeof kept.formId !== 'string' || kept.form === undefined) return null;
      const fits = Object.entries(empty()).flatMap(([name, first]) => {
        const value = kept.form?.[name];
        return typeof value === typeof first && Array.isArray(value) === Array.isArray(first) ? [[name, value]] : [];
      });
      return { formId: kept.formId, form: Object.fromEntries(fits) as Partial<Form> };
    } catch {
      return null;
    }
  }

  async function keep(): Promise<void> {
    if (!isTyped() || isBusy()) return;
    const answer = await branch.drafts.keep({ draftKey, body: JSON.stringify({ formId, form }) });
    if (answer.ok) keptAt.value = answer.value.keptAt;
  }

  watch(form, () => {
    if (!isReady.value) return;
    clearTimeout(later);
    later = setTimeout(() => {
      void keep();
      changed();
    }, KEEP_AFTER_MS);
  });

  function pause(): void {
    clearTimeout(later);
  }

  async function discard(): Promise<void> {
    pause();
    Object.assign(form, empty());
    formId = newFormId();
    keptAt.value = null;
    await branch.drafts.discard({ draftKey });
  }

  return {
    formId: () => formId,
    renewFormId: () => {
      formId = newFormId();
    },
    keptAt,
    isReady,
    pause,
    discard,
    leaveFor: async (page) => {
      pause();
      await keep();
      await router.push(page);
    },
    startAgain: async () => {
      const discarded = discard();
      begin();
      await discarded;
    },
  };
}
