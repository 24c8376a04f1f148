import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';

@Component({
  selector: 'diary-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <diary-feed
      #diary
      class="diary"
      src="/dagbok.xml"
      heading="Kommunchefens dagbok"
      show="date summary"
      [limit]="2"
      [summaryLength]="60"
      (load)="status.set(diary.entries.length + ' inlägg')"
      (error)="status.set('Inga inlägg: ' + $event.error.code)"
    >
      <a href="https://dagbok.example/">Läs dagboken på dagbok.example</a>
    </diary-feed>
    <p role="status">{{ status() }}</p>
  `,
})
export class DiaryPage {
  readonly status = signal('');
}
