package io.edgeflow.process.http;

/** A request that a handler does not answer, with the status that says why. */
public final class HttpRefusal extends RuntimeException {
  private final int status;
  private final String code;

  public HttpRefusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** A parameter or body that makes no sense: 400. */
  public static HttpRefusal badRequest(String message) {
    return new HttpRefusal(400, "bad-request", message);
  }

  /** Something that the request names is not there: 404. */
  public static HttpRefusal notFound(String message) {
    return new HttpRefusal(404, "not-found", message);
  }

  Answer answer() {
    return Answer.error(status, code, String.valueOf(getMessage()));
  }
}
