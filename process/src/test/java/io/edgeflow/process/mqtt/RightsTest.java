package io.edgeflow.process.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RightsTest {
  /** Whoever may publish anywhere was not let set a machine by that, however it is written. */
  @ParameterizedTest
  @CsvSource({
    "#, false",
    "+/#, false",
    "+/v1/pi-7/set/#, false",
    "sensors/# #, false",
    "sensors/# +/#, false",
    "edgeflow/v1/pi-8/set/# #, false",
    "sensors/# edgeflow/v1/pi-7/set/#, true",
    "# edgeflow/v1/pi-7/set/press-1/setpoint, true",
    "edgeflow/v1/+/set/#, true"
  })
  void onlyAFilterThatBeginsWithANameNamesATopic(String filters, boolean named) {
    List<TopicFilter> publish = Stream.of(filters.split(" ")).map(TopicFilter::new).toList();
    var rights = new Rights(publish, List.of());

    assertEquals(named, rights.mayPublishByName("edgeflow/v1/pi-7/set/press-1/setpoint"));
  }
}
