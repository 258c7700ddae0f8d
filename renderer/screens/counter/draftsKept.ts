// Rises when the text of a form has been kept. The counter may be in front by then: what it lists under the search is asked for again.
import { ref } from 'vue';

export const draftsKept = ref(0);
