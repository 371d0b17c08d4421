/** The icons of the window, by the name of what they stand for. Line icons by Lucide (ISC licence). */
import ArrowRight from '@lucide/svelte/icons/arrow-right';
import Building from '@lucide/svelte/icons/building-2';
import Cable from '@lucide/svelte/icons/cable';
import Calendar from '@lucide/svelte/icons/calendar';
import ChartLine from '@lucide/svelte/icons/chart-line';
import Check from '@lucide/svelte/icons/check';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import ChevronsUpDown from '@lucide/svelte/icons/chevrons-up-down';
import Circle from '@lucide/svelte/icons/circle';
import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import Clock from '@lucide/svelte/icons/clock';
import Copy from '@lucide/svelte/icons/copy';
import Download from '@lucide/svelte/icons/download';
import Ellipsis from '@lucide/svelte/icons/ellipsis';
import External from '@lucide/svelte/icons/external-link';
import EyeOff from '@lucide/svelte/icons/eye-off';
import Gauge from '@lucide/svelte/icons/gauge';
import Link from '@lucide/svelte/icons/link-2';
import Megaphone from '@lucide/svelte/icons/megaphone';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import PanelLeft from '@lucide/svelte/icons/panel-left';
import Pencil from '@lucide/svelte/icons/pencil';
import Plus from '@lucide/svelte/icons/plus';
import Qr from '@lucide/svelte/icons/qr-code';
import Redo from '@lucide/svelte/icons/redo-2';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings-2';
import Shield from '@lucide/svelte/icons/shield-check';
import Table from '@lucide/svelte/icons/table-2';
import Trash from '@lucide/svelte/icons/trash-2';
import Warning from '@lucide/svelte/icons/triangle-alert';
import Undo from '@lucide/svelte/icons/undo-2';
import Upload from '@lucide/svelte/icons/upload';
import Users from '@lucide/svelte/icons/users';
import Wallet from '@lucide/svelte/icons/wallet';
import Close from '@lucide/svelte/icons/x';

export const icons = {
  add: Plus,
  arrow: ArrowRight,
  calendar: Calendar,
  campaigns: Megaphone,
  check: Check,
  circle: Circle,
  clock: Clock,
  close: Close,
  compliance: Shield,
  connections: Cable,
  copy: Copy,
  delete: Trash,
  down: ChevronDown,
  download: Download,
  earnings: Wallet,
  edit: Pencil,
  external: External,
  forecast: ChartLine,
  help: CircleHelp,
  hide: EyeOff,
  links: Link,
  more: Ellipsis,
  notebook: NotebookPen,
  open: ChevronRight,
  overview: Gauge,
  referrals: Users,
  programs: Building,
  qr: Qr,
  redo: Redo,
  reversed: Undo,
  search: Search,
  settings: Settings,
  sidebar: PanelLeft,
  sort: ChevronsUpDown,
  table: Table,
  undo: Undo,
  upload: Upload,
  warning: Warning,
} as const;

export type IconName = keyof typeof icons;
