package io.edgeflow.gateway.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.process.settings.Glob;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may say what at a hub. */
final class MembershipTest {
  private final Membership west = new Membership("hub", List.of(new Glob("west-*")));

  @ParameterizedTest
  @CsvSource({
    "west-1, edgeflow/v1/west-1/hello,      true",
    "west-1, edgeflow/v1/west-1/up/window,  true",
    "west-1, edgeflow/v1/west-1/presence,   true",
    "west-1, edgeflow/v1/west-1/reported,   true",
    "west-1, edgeflow/v1/west-2/hello,      false",
    "west-1, edgeflow/v1/west-1/ack,        false",
    "west-1, edgeflow/v1/west-1/desired,    false",
    "'',     edgeflow/v1/west-2/up/raw,     true",
    "'',     edgeflow/v1/west-2/ack,        false",
    "'',     edgeflow/v1/west-2/up/other,   false",
    "'',     edgeflow/v1/east-1/hello,      false",
    "'',     edgeflow/v1/hub/hello,         false",
    "hub,    edgeflow/v1/hub/up/window,     false",
    "west-1, sensors/west-2/flow,           true",
    "'',     edgeflow/v1/node/jetson/status, true",
  })
  void admitsOnlyWhatAMemberMaySay(String speaker, String topic, boolean admitted) {
    Optional<String> only = Optional.of(speaker).filter(name -> !name.isEmpty());
    assertEquals(admitted, west.admits(only, topic));
  }

  @ParameterizedTest
  @CsvSource({"pi-7, pi-7-00ff, true", "pi-7, pi-7, true", "pi-7, pi-70, false", "pi-7, x, false"})
  void knowsHowAnEdgeNamesItsConnections(String edge, String client, boolean is) {
    assertEquals(is, Membership.names(edge, client));
  }
}
