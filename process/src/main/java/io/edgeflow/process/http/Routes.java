package io.edgeflow.process.http;

import io.edgeflow.process.settings.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which path leads where. Composed once, by the composition root; read-only while served. */
public final class Routes {
  private static final int SUGGESTIONS = 5;

  private record Route(String method, PathPattern path, Target target) {}

  /** What a method and path lead to. */
  sealed interface Found {
    record Hit(Target target, Map<String, String> segments) implements Found {}

    record WrongMethod(String allowed) implements Found {}

    record Nowhere(List<String> near) implements Found {}
  }

  private final List<Route> routes = new ArrayList<>();

  public Routes get(String path, Handler handler) {
    return add("GET", path, new Target.Work(handler::answer));
  }

  public Routes post(String path, Handler handler) {
    return add("POST", path, new Target.Work(handler::answer));
  }

  public Routes put(String path, Handler handler) {
    return add("PUT", path, new Target.Work(handler::answer));
  }

  public Routes patch(String path, Handler handler) {
    return add("PATCH", path, new Target.Work(handler::answer));
  }

  public Routes delete(String path, Handler handler) {
    return add("DELETE", path, new Target.Work(handler::answer));
  }

  /** What may be answered at length, see {@link Flow}. */
  public Routes reply(String path, ReplyHandler handler) {
    return add("GET", path, new Target.Work(handler));
  }

  /** The same answer always, also while every worker is busy. */
  public Routes atOnce(String path, Answer answer) {
    return add("GET", path, new Target.AtOnce(answer));
  }

  /** Server-sent events. */
  public Routes stream(String path, StreamHandler handler) {
    return add("GET", path, new Target.Stream(handler));
  }

  /** Something long, in pieces, with an ETag and ranges. */
  public Routes download(String path, DownloadHandler handler) {
    return add("GET", path, new Target.Pieces(handler));
  }

  /**
   * A file of the class path, with an ETag; its content type follows from its name.
   *
   * @param owner the class whose module holds the file
   * @param resource absolute, {@code /web/gateway/index.html}
   */
  public Routes file(String path, Class<?> owner, String resource) {
    return add("GET", path, new Target.Page(StaticFile.of(owner, resource)));
  }

  private Routes add(String method, String path, Target target) {
    if (routes.stream().anyMatch(r -> r.method.equals(method) && r.path.text().equals(path))) {
      throw new IllegalArgumentException(method + " " + path + " is routed twice");
    }
    routes.add(new Route(method, PathPattern.of(path), target));
    return this;
  }

  /** All but files: method and path, {@code GET /api/v1/edges/{edge}}. */
  public List<String> served() {
    return routes.stream()
        .filter(route -> !(route.target instanceof Target.Page))
        .map(route -> route.method + ' ' + route.path.text())
        .toList();
  }

  /** HEAD finds what GET finds. Fixed paths win over those with names, whatever the order. */
  Found find(String method, String path) {
    List<String> segments = PathPattern.split(path);
    String asked = method.equals("HEAD") ? "GET" : method;
    var here =
        routes.stream()
            .filter(route -> route.path.match(segments).isPresent())
            .sorted(Comparator.comparingInt(Routes::names))
            .toList();
    Optional<Found> hit =
        here.stream()
            .filter(route -> route.method.equals(asked))
            .findFirst()
            .map(route -> new Found.Hit(route.target, route.path.match(segments).orElseThrow()));
    return hit.orElseGet(
        () ->
            here.isEmpty() ? new Found.Nowhere(near(path)) : new Found.WrongMethod(methods(here)));
  }

  private static int names(Route route) {
    return (int) route.path.segments().stream().filter(s -> s.startsWith("{")).count();
  }

  private static String methods(List<Route> here) {
    var methods = new TreeSet<String>(List.of("OPTIONS"));
    for (Route route : here) {
      methods.add(route.method);
      if (route.method.equals("GET")) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }

  /** The path that was probably meant, else those below the same folder, else all of the API. */
  private List<String> near(String path) {
    List<String> all =
        routes.stream()
            .filter(route -> !(route.target instanceof Target.Page))
            .map(route -> route.path.text())
            .distinct()
            .toList();
    Optional<String> meant = Nearest.to(path, all);
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    Stream<String> below =
        all.stream().filter(known -> folder.length() > 1 && known.startsWith(folder));
    return Stream.concat(meant.stream(), meant.isPresent() ? Stream.empty() : below)
        .limit(SUGGESTIONS)
        .toList();
  }
}
