// For tools that do not read .vue files (ESLint's type service): what an imported component is. vue-tsc finds the real file first.
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
