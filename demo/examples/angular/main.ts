import 'diary-feed/define.js';
import 'diary-feed/themes/high-contrast.css';
import { bootstrapApplication } from '@angular/platform-browser';
import { DiaryPage } from './diary-page';

void bootstrapApplication(DiaryPage);
