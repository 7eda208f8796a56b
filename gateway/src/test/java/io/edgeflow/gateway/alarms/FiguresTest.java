package io.edgeflow.gateway.alarms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class FiguresTest {
  @Test
  void keepsWhatAPersonReads() {
    assertEquals("6.481", Figures.brief("6.481480121612549"));
    assertEquals("-0.001235", Figures.brief("-0.00123456"));
    assertEquals("101325", Figures.brief("101325.37"), "a limit may be close by");
    assertEquals("20", Figures.brief("20.0"));
    assertEquals("0", Figures.brief("0.0"));
    assertEquals("1.235E-30", Figures.brief("1.2345678E-30"));
    assertEquals("1.7976931348623157E+308", Figures.exact(Double.MAX_VALUE));
    assertEquals("1.79769313486E+308", Figures.brief(Double.toString(Double.MAX_VALUE)));
    assertEquals("open", Figures.brief("open"));
    assertEquals("", Figures.brief(""));
    assertEquals("NaN", Figures.brief("NaN"));
  }
}
