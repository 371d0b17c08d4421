/** The kinds of channels, in the order they are offered. */
import { m } from '$/paraglide/messages.js';

export const channelKinds = [
  { word: 'blog', label: m.channel_blog },
  { word: 'email', label: m.channel_email },
  { word: 'youtube', label: m.channel_youtube },
  { word: 'quora', label: m.channel_quora },
  { word: 'reddit', label: m.channel_reddit },
  { word: 'social', label: m.channel_social },
  { word: 'facebook-group', label: m.channel_facebook_group },
  { word: 'facebook-ads', label: m.channel_facebook_ads },
  { word: 'google-ads', label: m.channel_google_ads },
  { word: 'funnel', label: m.channel_funnel },
  { word: 'personal', label: m.channel_personal },
  { word: 'other', label: m.channel_other },
];
