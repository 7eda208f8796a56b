package io.edgeflow.process.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may connect, read from a file with one user per line:
 *
 * <pre>
 * # comment
 * pump-7:$pbkdf2-sha512$210000$...$... publish=sensors/pump-7/# subscribe=plant/#,news
 * </pre>
 *
 * <p>After the name, a colon and the hashed password ({@link PasswordHash}) follow, if wanted, the
 * topic filters that this user may publish and subscribe to; without a clause all are allowed. A
 * change of the file takes effect at the next start.
 */
public final class Users {
  /** Nobody is configured: everyone is let in, which is why the listener then stays on loopback. */
  public static final Users NONE = new Users(Map.of());

  private final Map<String, User> byName;

  private Users(Map<String, User> byName) {
    this.byName = byName;
  }

  /**
   * @throws BrokerStartException naming the file and the faulty lines, never what is in them
   */
  public static Users read(Path file) throws BrokerStartException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new BrokerStartException("the user file " + file + " cannot be read: " + e, e);
    }
    var users = new LinkedHashMap<String, User>();
    var faults = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          User user = parse(line);
          if (users.putIfAbsent(user.name(), user) != null) {
            faults.add("line " + (i + 1) + ": the name appears twice");
          }
        } catch (IllegalArgumentException e) {
          faults.add("line " + (i + 1) + ": " + e.getMessage());
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new BrokerStartException("the user file " + file + ": " + String.join("; ", faults));
    }
    if (users.isEmpty()) {
      throw new BrokerStartException("the user file " + file + " names no user");
    }
    return new Users(users);
  }

  /** Whether this is the password of a user of that name. Slow on purpose. Any thread. */
  public boolean admits(String name, String password) {
    User user = byName.get(name);
    return user != null && user.password().matches(password.toCharArray());
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  Optional<User> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static User parse(String line) {
    String[] words = line.split("\\s+");
    int colon = words[0].indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("is not NAME:HASH");
    }
    List<TopicFilter> publish = Rights.everything();
    List<TopicFilter> subscribe = Rights.everything();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      switch (equals < 0 ? words[i] : words[i].substring(0, equals)) {
        case "publish" -> publish = filters(words[i].substring(equals + 1));
        case "subscribe" -> subscribe = filters(words[i].substring(equals + 1));
        default ->
            throw new IllegalArgumentException("has a word that is no publish= or subscribe=");
      }
    }
    return new User(
        words[0].substring(0, colon),
        hash(words[0].substring(colon + 1)),
        new Rights(publish, subscribe));
  }

  private static PasswordHash hash(String text) {
    try {
      return PasswordHash.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the password " + e.getMessage(), e);
    }
  }

  private static List<TopicFilter> filters(String list) {
    var filters = new ArrayList<TopicFilter>();
    for (String filter : list.split(",")) {
      if (!filter.isEmpty()) {
        filters.add(new TopicFilter(filter));
      }
    }
    return filters;
  }
}
