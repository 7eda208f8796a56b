package io.edgeflow.gateway.commissioning;

import io.edgeflow.process.http.Routes;

/** The files of the page that a person opens on a phone beside the machine. */
final class CommissioningPage {
  private static final String FOLDER = "/web/commissioning/";

  private CommissioningPage() {}

  static void add(Routes routes) {
    routes
        .file("/", CommissioningPage.class, FOLDER + "index.html")
        .file("/commissioning.css", CommissioningPage.class, FOLDER + "commissioning.css")
        .file("/commissioning.js", CommissioningPage.class, FOLDER + "commissioning.js")
        .file("/icon.svg", CommissioningPage.class, FOLDER + "icon.svg");
  }
}
