import { mount } from 'svelte';
import App from './App.svelte';
import { preferences } from './state/preferences.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/early.css';

preferences.apply();

const target = document.getElementById('app');
if (target) mount(App, { target });
