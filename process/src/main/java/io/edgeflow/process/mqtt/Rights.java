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
    for (TopicFilter filter : publish) {
      if (filter.matches(topic)) {
        return true;
      }
    }
    return false;
  }

  /** The same by a filter that begins with a name, so that whoever wrote it meant something. */
  public boolean mayPublishByName(String topic) {
    for (TopicFilter filter : publish) {
      boolean any = filter.filter().startsWith("#") || filter.filter().startsWith("+");
      if (!any && filter.matches(topic)) {
        return true;
      }
    }
    return false;
  }

  static List<TopicFilter> everything() {
    return EVERYTHING;
  }
}
