package io.edgeflow.process.http;

/** What a route leads to. */
sealed interface Target {
  record Work(ReplyHandler handler) implements Target {}

  record AtOnce(Answer answer) implements Target {}

  record Stream(StreamHandler handler) implements Target {}

  record Pieces(DownloadHandler handler) implements Target {}

  record Page(StaticFile file) implements Target {}
}
