package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.topic.Topics;
import java.util.List;

/** Puts what the edge says into documents, and these onto their topics. */
final class Greeter {
  private final EdgeProfile profile;

  Greeter(EdgeProfile profile) {
    this.profile = profile;
  }

  byte[] will(long attempt, long micros) {
    return new Presence(profile.edge(), name(attempt), false, micros).toBytes();
  }

  void present(Link.Attempt link, long attempt, long micros) {
    Presence online = new Presence(profile.edge(), name(attempt), true, micros);
    link.publish(Topics.presence(profile.edge()), online.toBytes(), true);
  }

  void goodbye(Link.Attempt link, long attempt, long micros) {
    link.publish(Topics.presence(profile.edge()), will(attempt, micros), true);
  }

  /** What the edge runs; the broker keeps it for whoever comes later. */
  void reported(Link.Attempt link, byte[] document) {
    link.publish(Topics.reported(profile.edge()), document, true);
  }

  /** Says hello on as many pages as it takes, and returns their number. */
  int hello(Link.Attempt link, long attempt, List<HeldIncarnation> held) {
    Hello whole =
        new Hello(
            profile.edge(),
            name(attempt),
            profile.site(),
            profile.labels(),
            profile.timezone(),
            profile.software(),
            FrameCodec.VERSIONS,
            1,
            1,
            held);
    List<Hello> pages = whole.paged();
    pages.forEach(page -> link.publish(Topics.hello(profile.edge()), page.toBytes(), false));
    return pages.size();
  }

  void frame(Link.Attempt link, Lane lane, byte[] bytes) {
    link.publish(Topics.up(profile.edge(), lane), bytes, false);
  }

  /** Names a connection for all time: no two attempts of any process of any edge share it. */
  private String name(long attempt) {
    return profile.incarnation() + "-" + attempt;
  }
}
