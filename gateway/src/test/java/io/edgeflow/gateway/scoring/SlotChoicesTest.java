package io.edgeflow.gateway.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was chosen for a slot outlives a restart. */
final class SlotChoicesTest {
  @TempDir Path folder;

  @Test
  void isReadAsItWasWritten() throws Exception {
    var choices = new SlotChoices(folder);
    var bundle = new ChosenBundle("/b", "wear", "2", "ab");
    var choice = SlotChoice.none("/a").serving(bundle, null, new Said("ada", "better"));
    choices.write("wear", choice);
    assertEquals(Optional.of(choice), choices.read("wear"));
  }

  /** Else the slot would load nothing at all. */
  @Test
  void whateverElseLiesThereTheConfigurationCounts() throws Exception {
    for (String there :
        List.of(
            "",
            "null",
            "7",
            "[]",
            "{}",
            "{\"schema\":1}",
            "{\"schema\":1,\"configured\":\"/a\",\"who\":\"\",\"why\":\"\","
                + "\"serving\":{\"name\":\"wear\"}}",
            "{\"schema\":2,\"configured\":\"/a\",\"who\":\"\",\"why\":\"\"}")) {
      Files.writeString(folder.resolve("wear.json"), there);
      assertEquals(Optional.empty(), new SlotChoices(folder).read("wear"), there);
    }
  }
}
