// The page's beginning: it joins the branch (through the window's bridge or the network) with the screens, and nothing else.
// It must never hold a figure or a rule; those are asked of the branch each time.

import '@fontsource-variable/inter/index.css';
import 'vuetify/styles';
import './styles/tawi.css';
import { connectBranch } from './branch/connectBranch.ts';
import { createPage } from './app/createPage.ts';

createPage(connectBranch()).mount('#app');
