package io.edgeflow.process.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. Lives on the event loop; handlers run beside it. */
final class Exchange {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);
  private static final byte[] NOTHING = new byte[0];

  private final Service service;
  private final HttpServerRequest request;
  private final Context context;
  private final String method;

  Exchange(Service service, HttpServerRequest request, Context context) {
    this.service = service;
    this.request = request;
    this.context = context;
    this.method = request.method().name();
  }

  void run() {
    SecurityHeaders.add(request.response().headers());
    service
        .guard()
        .refuse(method, header("host"), header("origin"))
        .ifPresentOrElse(this::send, this::route);
  }

  private void route() {
    String path;
    Map<String, List<String>> query;
    try {
      var uri = new QueryStringDecoder(request.uri());
      path = uri.path();
      query = uri.parameters();
    } catch (IllegalArgumentException malformed) {
      send(Answer.error(400, "bad-request", "the address is malformed"));
      return;
    }
    Optional<String> nul = withNul(path, query);
    if (nul.isPresent()) {
      send(Answer.error(400, "bad-request", nul.get() + " must be text without a NUL"));
      return;
    }
    if (!path.startsWith("/")) {
      send(Answer.error(400, "bad-request", "the address has no path"));
      return;
    }
    switch (service.routes().find(method, path)) {
      case Routes.Found.Hit(Target target, Map<String, String> segments) ->
          withBody(
              body -> serve(target, new Request(method, path, segments, query, headers(), body)));
      case Routes.Found.WrongMethod(String allowed) -> send(wrongMethod(path, allowed));
      case Routes.Found.Nowhere(List<String> near) -> send(Answers.nowhere(path, near));
    }
  }

  /** Which part holds one: no database does, so handlers would fail instead of finding nothing. */
  private static Optional<String> withNul(String path, Map<String, List<String>> query) {
    if (hasNul(path)) {
      return Optional.of("each part of the path");
    }
    return query.entrySet().stream()
        .filter(one -> hasNul(one.getKey()) || one.getValue().stream().anyMatch(Exchange::hasNul))
        .map(one -> one.getKey().replace("\0", "") + ":")
        .findFirst();
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  private Answer wrongMethod(String path, String allowed) {
    Answer answer =
        method.equals("OPTIONS")
            ? new Answer(204, "", NOTHING, Map.of())
            : Answer.error(405, "wrong-method", path + " takes " + allowed);
    return answer.with("allow", allowed);
  }

  /** Reads no more than the bound; GET and HEAD have none that counts. */
  private void withBody(Consumer<byte[]> then) {
    if (method.equals("GET") || method.equals("HEAD")) {
      then.accept(NOTHING);
      return;
    }
    int limit = service.settings().maxBodyBytes();
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() <= limit) {
            body.appendBuffer(part);
            if (body.length() > limit) {
              send(Answers.tooLarge(limit));
            }
          }
        });
    request.endHandler(
        _ -> {
          if (body.length() <= limit) {
            then.accept(body.getBytes());
          }
        });
  }

  private void serve(Target target, Request asked) {
    boolean open = service.isOpen(asked.path());
    switch (target) {
      case Target.Page(StaticFile file) when open -> send(page(file));
      case Target.Page(StaticFile file) -> work(_ -> page(file), asked);
      case Target.AtOnce(Answer answer) when open -> send(answer);
      case Target.AtOnce(Answer answer) -> work(_ -> answer, asked);
      case Target.Work(ReplyHandler handler) -> work(handler, asked);
      case Target.Stream(StreamHandler handler) -> stream(handler, asked);
      case Target.Pieces(DownloadHandler handler) -> download(handler, asked);
    }
  }

  private Answer page(StaticFile file) {
    return file.answer(header("if-none-match"));
  }

  private void work(ReplyHandler handler, Request asked) {
    String login = header("authorization");
    offer(
        () -> {
          switch (service.admits(asked.path(), login) ? answer(handler, asked) : challenge()) {
            case Answer answer -> reply(answer);
            case Flow flow -> context.runOnContext(_ -> flow(flow));
          }
        });
  }

  private void flow(Flow flow) {
    Flows flows = service.flows();
    String client = client(request);
    Optional<Answer> refusal = flows.enter(client);
    if (refusal.isPresent()) {
      send(refusal.get());
    } else {
      flows.send(request, context, flow, client);
    }
  }

  private void download(DownloadHandler handler, Request asked) {
    String login = header("authorization");
    offer(
        () -> {
          if (!service.admits(asked.path(), login)) {
            reply(challenge());
            return;
          }
          try {
            Download found = handler.open(asked);
            var reply = new DownloadReply(request, context, service.readers());
            context.runOnContext(_ -> reply.send(found));
          } catch (Exception failure) {
            reply(refusal(failure, asked));
          }
        });
  }

  private void stream(StreamHandler handler, Request asked) {
    if (method.equals("HEAD")) {
      send(new Answer(200, "text/event-stream", NOTHING, Map.of()));
    } else if (!service.enterStream()) {
      send(Answer.busy("too many listen already", Duration.ofSeconds(10)));
    } else {
      var client =
          new EventClient(
              request, context, service.settings().streamBufferBytes(), service::leaveStream);
      String login = header("authorization");
      boolean begins = offer(() -> open(handler, asked, client, login));
      if (!begins) {
        client.end();
      }
    }
  }

  private void open(StreamHandler handler, Request asked, EventClient client, String login) {
    Answer refusal;
    try {
      if (service.admits(asked.path(), login)) {
        AutoCloseable feed = handler.open(asked, client);
        long beat = service.settings().heartbeat().toMillis();
        context.runOnContext(_ -> client.begin(feed, beat));
        return;
      }
      refusal = challenge();
    } catch (Exception failure) {
      refusal = refusal(failure, asked);
    }
    Answer said = refusal;
    context.runOnContext(
        _ -> {
          client.end();
          if (client.hasBegun()) {
            Cut.off(request);
          } else {
            send(said);
          }
        });
  }

  private boolean offer(Runnable work) {
    boolean taken = service.workers().offer(client(request), work);
    if (!taken) {
      send(Answer.busy("too many requests wait", Duration.ofSeconds(1)));
    }
    return taken;
  }

  private static Reply answer(ReplyHandler handler, Request asked) {
    try {
      return handler.reply(asked);
    } catch (Exception failure) {
      return refusal(failure, asked);
    }
  }

  private static Answer refusal(Exception failure, Request asked) {
    if (failure instanceof HttpRefusal refusal) {
      return refusal.answer();
    }
    log.error("request failed method={} path={}", asked.method(), asked.path(), failure);
    return Answer.error(500, "internal", "the server failed to answer; its log says why");
  }

  private static Answer challenge() {
    return BasicLogin.challenge();
  }

  private void reply(Answer answer) {
    context.runOnContext(_ -> send(answer));
  }

  private void send(Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (answer.status() == 413) {
      response.putHeader("connection", "close"); // What is left of the body is not read.
    }
    if (answer.status() == 204 || answer.status() == 304) {
      response.end();
      return;
    }
    response.putHeader("content-type", answer.contentType());
    if (method.equals("HEAD")) {
      response.putHeader("content-length", Integer.toString(answer.body().length)).end();
    } else {
      service.bodies().send(request, context, answer);
    }
  }

  /** Whose requests take turns: who shares an address shares the work that is done for it. */
  static String client(HttpServerRequest request) {
    SocketAddress address = request.remoteAddress();
    return address == null ? "" : String.valueOf(address.hostAddress());
  }

  private String header(String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private Map<String, String> headers() {
    var headers = new TreeMap<String, String>();
    request.headers().forEach((k, v) -> headers.putIfAbsent(k.toLowerCase(Locale.ROOT), v));
    return headers;
  }
}
