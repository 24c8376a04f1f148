// What other scripts of a page have done to the language and the browser by the time that the element runs, or do
// afterwards: `?before=NAME` and `?after=NAME` say which. Each keeps what the standard promises for what pages are made
// of (arrays, texts, plain objects), as the libraries did that pages still carry.
{
  const add = (target, members) => Object.assign(target, members); // enumerable, as by assignment
  const freeze = (...constructors) => {
    for (const { prototype } of constructors) Object.freeze(prototype);
  };

  const patches = {
    'frozen-object': () => freeze(Object),
    'frozen-array': () => freeze(Array),
    'frozen-function': () => freeze(Function),
    'frozen-text': () => freeze(String, Number, Boolean, Symbol, RegExp),
    'frozen-error': () => freeze(Error, TypeError, DOMException),
    'frozen-promise': () => freeze(Promise),
    'frozen-collections': () => freeze(Map, Set, WeakMap, WeakSet, Date, Uint8Array),
    'frozen-dom': () => freeze(EventTarget, Node, Element, HTMLElement, Document, ShadowRoot, Event, Response, Headers),
    'frozen-constructors': () =>
      [Object, Array, String, Promise, Map, Set, Error, JSON, Math, Reflect, Intl].forEach(Object.freeze),
    'frozen-everything': () => {
      for (const name of Object.getOwnPropertyNames(globalThis)) {
        if (/^[A-Z]/.test(name)) freeze(Object(Reflect.get(globalThis, name)));
      }
    },

    'added-to-object': () => {
      add(Object.prototype, {
        extend(source) {
          return Object.assign(this, source);
        },
        each(callback) {
          Object.entries(this).forEach(callback);
        },
        toJSONString() {
          return JSON.stringify(this);
        },
        size: 0,
      });
    },
    'added-to-array': () => {
      add(Array.prototype, {
        each(callback) {
          this.forEach(callback);
          return this;
        },
        first() {
          return this[0];
        },
        contains(item) {
          return this.indexOf(item) >= 0;
        },
        // what a library for JSON of old leaves behind
        toJSON() {
          return `[${this.join()}]`;
        },
      });
      add(String.prototype, {
        strip() {
          return this.trim();
        },
        toJSON() {
          return `"${this}"`;
        },
        toArray() {
          return this.split('');
        },
      });
      add(Function.prototype, {
        methodize() {
          return this;
        },
        delay(seconds) {
          return setTimeout(this, seconds * 1000);
        },
      });
      add(Number.prototype, {
        toPaddedString(length) {
          return String(this).padStart(length, '0');
        },
      });
    },
    'old-texts-and-objects': () => {
      // these know no position to start from
      add(String.prototype, {
        startsWith(start) {
          return this.lastIndexOf(start, 0) === 0;
        },
        endsWith(end) {
          return this.slice(-end.length) === end;
        },
        trim() {
          return this.replace(/^\s+|\s+$/g, '');
        },
      });
      const own = (object) => {
        const names = [];
        for (const name in object) if (Object.prototype.hasOwnProperty.call(object, name)) names.push(name);
        return names;
      };
      add(Object, {
        keys: own,
        values: (object) => own(object).map((name) => object[name]),
        entries: (object) => own(object).map((name) => [name, object[name]]),
        clone: (object) => ({ ...object }),
      });
      const { bind } = Function.prototype;
      Function.prototype.bind = function (...values) {
        return values.length < 2 && values[0] === undefined ? this : bind.apply(this, values);
      };
    },
    'old-elements': () => {
      const { remove, closest, matches, append } = Element.prototype;
      add(Element.prototype, {
        remove() {
          remove.call(this);
          return this;
        },
        closest(selector) {
          return closest.call(this, selector) ?? undefined;
        },
        matches(selector) {
          return matches.call(this, selector);
        },
        append(...nodes) {
          append.apply(this, nodes);
          return this;
        },
        visible() {
          return this.style.display !== 'none';
        },
        show() {
          return this;
        },
        hide() {
          return this;
        },
        update() {
          return this;
        },
      });
    },
    'wrapped-definitions': () => {
      const { define } = customElements;
      customElements.define = (name, constructor, options) => define.call(customElements, name, constructor, options);
      const { attachShadow } = Element.prototype;
      Element.prototype.attachShadow = function (options) {
        return attachShadow.call(this, { ...options, mode: 'open' });
      };
    },

    'wrapped-fetch': () => {
      const { fetch } = window;
      window.fetch = async (...values) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return fetch(...values);
      };
    },
    'fetch-of-another-promise': () => {
      const { fetch } = window;
      class Tracked extends Promise {}
      window.fetch = (...values) => Tracked.resolve(fetch(...values));
    },
    'fetch-that-hands-on-a-copy': () => {
      const { fetch } = window;
      window.fetch = (...values) => fetch(...values).then((response) => response.clone());
    },
    'other-promise': () => {
      const Native = window.Promise;
      window.Promise = class ZonedPromise extends Native {};
      const { then } = Native.prototype;
      Native.prototype.then = function (...callbacks) {
        return then.apply(this, callbacks);
      };
    },
    'wrapped-listeners': () => {
      const { addEventListener, removeEventListener } = EventTarget.prototype;
      const wrapped = new WeakMap();
      add(EventTarget.prototype, {
        addEventListener(type, listener, options) {
          if (listener && !wrapped.has(listener)) {
            wrapped.set(listener, (event) =>
              typeof listener === 'function' ? listener.call(this, event) : listener.handleEvent(event),
            );
          }
          return addEventListener.call(this, type, listener && wrapped.get(listener), options);
        },
        removeEventListener(type, listener, options) {
          return removeEventListener.call(this, type, (listener && wrapped.get(listener)) ?? listener, options);
        },
      });
    },
    'wrapped-timers': () => {
      const { setTimeout, queueMicrotask } = window;
      window.setTimeout = (callback, ...values) => setTimeout(() => callback(), ...values);
      window.queueMicrotask = (callback) => queueMicrotask(() => callback());
    },
    'taken-console': () => {
      window.console = { log() {}, error() {}, warn() {} };
    },
    'taken-globals': () => {
      // names of scripts without modules
      Object.assign(window, {
        html: 'text',
        css: {},
        nothing: 0,
        template: null,
        styles: [],
        name: 'sida',
        $: () => null,
      });
    },
  };

  const { when } = document.currentScript.dataset;
  const name = new URLSearchParams(location.search).get(when);
  if (name) patches[name]();
}
