// Mounts the real page on the branch made of memory. What the branch looks like is chosen in the address: ?weather=clean&signedIn=no&practice=yes.
import '@fontsource-variable/inter/index.css';
import 'vuetify/styles';
import '../../../renderer/styles/tawi.css';
import { createPage } from '../../../renderer/app/createPage.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import { fakeBranch } from '../fakeBranch.ts';
import type { DeskWeather } from '../fakeDesks.ts';

const wish = new URLSearchParams(location.search);
const page = createPage(
  fakeBranch({
    state: (wish.get('state') ?? 'ready') as StartView['state'],
    signedIn: wish.get('signedIn') !== 'no',
    weather: (wish.get('weather') ?? 'offline') as DeskWeather,
    drawerOpen: wish.get('drawer') !== 'closed',
    unclean: wish.get('unclean') === 'yes',
    clockDoubt: wish.get('clock') === 'doubt',
    practice: wish.get('practice') === 'yes',
  }),
);
page.mount('#app');
