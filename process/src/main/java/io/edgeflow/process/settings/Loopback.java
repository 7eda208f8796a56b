package io.edgeflow.process.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which listeners strangers cannot reach. */
public final class Loopback {
  /** What is told of a listener beyond loopback without a file of users. */
  public static final String REFUSAL =
      "is reachable from other machines, so set users beside it, a file of names and hashed"
          + " passwords (edgeflow gateway --hash-password makes one); or listen on 127.0.0.1";

  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Loopback() {}

  /**
   * Whether a listener on this host is reachable from this machine only. A name other than {@code
   * localhost} is not looked up: what it resolves to can change after the check.
   */
  public static boolean holds(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT).replaceAll("^\\[(.*)]$", "$1");
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("0:0:0:0:0:0:0:1")
        || IPV4.matcher(name).matches();
  }
}
