import 'diary-feed/define.js';
import 'diary-feed/themes/compact-sidebar.css';
import { createApp } from 'vue';
import DiaryPage from './DiaryPage.vue';

createApp(DiaryPage).mount('main');
