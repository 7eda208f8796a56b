package io.edgeflow.cloud.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Git repository in a folder. */
record TestRepository(Path folder) {
  static TestRepository at(Path folder) throws IOException, InterruptedException {
    var repository = new TestRepository(folder);
    if (!Files.exists(folder.resolve(".git"))) {
      repository.git("init", "-q", ".");
    }
    return repository;
  }

  TestRepository commit() throws IOException, InterruptedException {
    return git("commit", "-q", "--allow-empty", "-m", "more");
  }

  TestRepository tag(String name) throws IOException, InterruptedException {
    return git("tag", name);
  }

  TestRepository git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=ada", "-c", "user.email=ada@example.com"));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertEquals(0, git.waitFor());
    return this;
  }
}
