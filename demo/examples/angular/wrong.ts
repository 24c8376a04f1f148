// What the type-check must reject: the test expects an error for each.
import 'diary-feed/define.js';
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';

@Component({
  selector: 'wrong-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <diary-feed #diary (load)="opened(diary.entriess)" (error)="opened($event.error.kode)"></diary-feed>
    <button (click)="opened(diary.reload('now'))">Läs om</button>
  `,
})
export class WrongPage {
  opened(what: unknown): void {
    void what;
  }
}
