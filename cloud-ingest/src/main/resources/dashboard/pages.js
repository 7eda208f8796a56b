/**
 * Turns pages: one is seen, named by the address; a link in the bar or a digit leads to each. A page
 * is `{node, refresh, every, turned, side}`: its element, what asks for its data and how often, what
 * to do when it is turned to, and whether the list of series stands beside it.
 */
export class Pages {
  #links = [...document.querySelectorAll("[data-page]")];
  #layout = document.getElementById("layout");
  #shown = "";

  constructor(view, pages) {
    this.view = view;
    this.pages = pages;
    for (const link of this.#links) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        view.go(link.dataset.page);
      });
    }
    view.addEventListener("change", () => this.#turn());
    this.#turn(false);
  }

  get current() {
    return this.pages[this.view.page];
  }

  /** The page that has that digit. */
  goNth(digit) {
    const link = this.#links[digit - 1];
    if (link) this.view.go(link.dataset.page);
    return Boolean(link);
  }

  /** @param asks false where its data is asked for anyway */
  #turn(asks = true) {
    const name = this.view.page;
    const turned = name !== this.#shown;
    this.#shown = name;
    const page = this.pages[name];
    if (turned) this.#show(name, page);
    page.turned?.(turned);
    if (turned && asks) page.refresh?.().catch(() => {});
  }

  #show(name, page) {
    this.#layout.dataset.shown = name;
    for (const { node } of Object.values(this.pages)) node.hidden = node !== page.node;
    document.getElementById("side").hidden = !page.side;
    for (const link of this.#links) link.ariaCurrent = link.dataset.page === (page.under ?? name) ? "page" : "false";
    document.querySelector('[data-page][aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" });
    document.title = page.title ? `${page.title} · EdgeFlow` : "EdgeFlow";
    scrollTo(0, 0);
  }
}
