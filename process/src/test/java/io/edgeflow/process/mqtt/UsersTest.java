package io.edgeflow.process.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersTest {
  @TempDir private Path folder;

  @Test
  void recognisesAPasswordByItsHashOnly() {
    PasswordHash hash = PasswordHash.of("Grüße".toCharArray());
    assertTrue(hash.toString().startsWith("$pbkdf2-sha512$210000$"), hash::toString);
    PasswordHash read = PasswordHash.parse(hash.toString());
    assertTrue(read.matches("Grüße".toCharArray()));
    assertFalse(read.matches("Grusse".toCharArray()));
  }

  @Test
  void saltsEachPasswordAnew() {
    assertNotEquals(
        PasswordHash.of("same".toCharArray(), 10), PasswordHash.of("same".toCharArray(), 10));
  }

  /** So that nobody can try out which names there are. */
  @Test
  void checksNobodysPasswordAsLongAsAnyOther() {
    PasswordHash nobody = PasswordHash.ofNobody();
    String[] parts = nobody.toString().split("\\$", -1);
    String[] others = PasswordHash.of("x".toCharArray()).toString().split("\\$", -1);
    assertEquals(others[2], parts[2], "iterations");
    assertEquals(others[4].length(), parts[4].length());
    assertFalse(nobody.matches(new char[0]));
    assertNotEquals(nobody, PasswordHash.ofNobody());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$pbkdf2-sha512$0$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==",
        "$pbkdf2-sha512$99999999$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==",
        "$pbkdf2-sha512$1000$AA==$AAAAAAAAAAAAAAAAAAAAAA==",
        "$2y$10$abcdefghijklmnopqrstuv"
      })
  void refusesWhatIsNoHash(String text) {
    assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text));
  }

  @Test
  void givesAUserAllRightsUnlessTheyAreNamed() throws Exception {
    PasswordHash hash = PasswordHash.of("x".toCharArray(), 10);
    Path file =
        Files.writeString(
            folder.resolve("users"),
            "\n# people\nall:" + hash + "\nsome:" + hash + "  publish=a/+,b/# subscribe=\n");
    Users users = Users.read(file);
    assertTrue(rights(users, "all").mayPublish("anything/at/all"));
    assertTrue(rights(users, "some").mayPublish("a/x"));
    assertTrue(rights(users, "some").mayPublish("b"));
    assertFalse(rights(users, "some").mayPublish("a/x/y"));
    assertEquals(0, rights(users, "some").subscribe().size());
    assertTrue(users.find("none").isEmpty());
  }

  private static Rights rights(Users users, String name) {
    return users.find(name).orElseThrow().rights();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read=a", "publish=a/#/b", "publish=a+", "nonsense"})
  void refusesClausesItDoesNotKnow(String clause) throws Exception {
    PasswordHash hash = PasswordHash.of("x".toCharArray(), 10);
    Path file = Files.writeString(folder.resolve("users"), "a:" + hash + " " + clause);
    assertThrows(BrokerStartException.class, () -> Users.read(file));
  }

  @Test
  void refusesAFileThatNamesNobodyOrSomebodyTwice() throws Exception {
    PasswordHash hash = PasswordHash.of("x".toCharArray(), 10);
    Path empty = Files.writeString(folder.resolve("empty"), "# nobody\n");
    Path twice = Files.writeString(folder.resolve("twice"), "a:" + hash + "\na:" + hash + "\n");
    assertThrows(BrokerStartException.class, () -> Users.read(empty));
    assertThrows(BrokerStartException.class, () -> Users.read(twice));
    assertThrows(BrokerStartException.class, () -> Users.read(folder.resolve("missing")));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b,      a/b,   true",
    "a/b,      a/b/c, false",
    "a/b,      a,     false",
    "a/+,      a/b,   true",
    "a/+,      a/,    true",
    "a/+,      a,     false",
    "a/+/c,    a/b/c, true",
    "a/+/c,    a/b/d, false",
    "a/#,      a,     true",
    "a/#,      a/b/c, true",
    "a/#,      ab,    false",
    "#,        a,     true",
    "+/#,      a/b,   true",
    "sensors/pump, sensors/pump-2, false"
  })
  void matchesTopicsAsMqttDoes(String filter, String topic, boolean expected) {
    assertEquals(expected, new TopicFilter(filter).matches(topic));
  }
}
