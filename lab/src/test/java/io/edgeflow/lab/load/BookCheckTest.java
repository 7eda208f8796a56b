package io.edgeflow.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the comparison of a fleet's books with a ledger finds. */
final class BookCheckTest {
  private static final Amount TEN = new Amount(10, 600);
  private static final String LEDGER =
      """
      {"balances": true,
       "lanes": [{"edge": "load-1", "incarnation": "ab", "lane": "window",
         "committed": {"frames": 10, "readings": 600}, "refused": {"frames": 0, "readings": 0},
         "lost": {"frames": 0, "readings": 0}}],
       "audit": [{"edge": "load-1", "lane": "window", "committed": 600, "inTables": 600}]}
      """;

  private static BookCheck check(String ledger, Amount framed, Amount committed, long pending)
      throws Exception {
    var page = new EdgeBook.Page(framed, committed, Amount.NONE, Amount.NONE, Amount.NONE);
    var book = new EdgeBook("load-1", "ab", EdgeBook.Page.EMPTY, page, pending);
    return BookCheck.of(List.of(book), new ObjectMapper().readTree(ledger));
  }

  @Test
  void findsNothingWhereAllThreeAgree() throws Exception {
    assertEquals(List.of(), check(LEDGER, TEN, TEN, 0).faults());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"committed\": {\"frames\": 10', '\"committed\": {\"frames\": 11', committed",
    "'\"readings\": 600', '\"readings\": 540', committed",
    "'\"inTables\": 600', '\"inTables\": 660', in the tables",
    "'\"lost\": {\"frames\": 0', '\"lost\": {\"frames\": 1', lost",
    "'\"refused\": {\"frames\": 0', '\"refused\": {\"frames\": 1', refused",
    "'\"balances\": true', '\"balances\": false', does not balance",
    "'load-1\", \"incarnation', 'load-2\", \"incarnation', knows nothing",
  })
  void namesWhatDiffers(String is, String becomes, String words) throws Exception {
    assertTrue(LEDGER.contains(is));
    BookCheck check = check(LEDGER.replace(is, becomes), TEN, TEN, 0);
    assertEquals(1, check.faults().size(), check.faults()::toString);
    assertTrue(check.faults().getFirst().contains(words), check.faults()::toString);
  }

  @Test
  void namesWhatHasNoVerdict() throws Exception {
    assertEquals(2, check(LEDGER, new Amount(11, 660), TEN, 1).faults().size());
  }
}
