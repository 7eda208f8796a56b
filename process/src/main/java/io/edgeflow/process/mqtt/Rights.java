package io.edgeflow.process.mqtt;

import java.util.List;

/**
 * The topics that somebody may publish and subscribe to, as MQTT filters. A subscription is allowed
 * by a filter that covers all of it.
 */
public record Rights(List<TopicFilter> publish, List<TopicFilter> subscribe) {
  private static final List<TopicFilter> EVERYTHING = List.of(new TopicFilter("#"));

  public static final Rights ALL = new Rights(EVERYTHING, EVERYTHING);
  public static final Rights NONE = new Rights(List.of(), List.of());

  public Rights {
    publish = List.copyOf(publish);
    subscribe = List.copyOf(subscribe);
  }

  public boolean mayPublish(String topic) {
    return mayPublish(topic, false);
  }

  /** The same by a filter that begins with a name, so that whoever wrote it meant something. */
  public boolean mayPublishByName(String topic) {
    return mayPublish(topic, true);
  }

  private boolean mayPublish(String topic, boolean byName) {
    for (TopicFilter filter : publish) {
      if (filter.matches(topic) && !(byName && beginsWithAny(filter.filter()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsWithAny(String filter) {
    return filter.startsWith("#") || filter.startsWith("+");
  }

  static List<TopicFilter> everything() {
    return EVERYTHING;
  }
}
