package io.edgeflow.cloud.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitTagsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path temp = Path.of("");

  @Test
  void listsTheTagsOfARepositoryEachOnce() throws Exception {
    TestRepository.at(temp)
        .commit()
        .tag("v1.0.0")
        .git("tag", "-a", "-m", "signed off", "v1.1.0")
        .git("branch", "v9.9.9");
    assertEquals(Set.of("v1.0.0", "v1.1.0"), Set.copyOf(tags(temp.toString())));
    assertEquals(2, tags("file://" + temp).size());
  }

  @Test
  void saysWhyThereAreNone() {
    IOException away = assertThrows(IOException.class, () -> tags(temp + "/nowhere"));
    assertTrue(away.toString().contains("nowhere"), away::toString);
  }

  /** Git can run programs that an address names. */
  @Test
  void runsNothingThatAnAddressNames() {
    Path proof = temp.resolve("proof");
    assertThrows(IOException.class, () -> tags("ext::sh -c touch% " + proof));
    assertThrows(IOException.class, () -> tags("--upload-pack=touch " + proof));
    assertTrue(Files.notExists(proof));
  }

  private static List<String> tags(String url) throws IOException, InterruptedException {
    return new GitTags(url, Optional.empty(), PATIENCE).tags();
  }
}
