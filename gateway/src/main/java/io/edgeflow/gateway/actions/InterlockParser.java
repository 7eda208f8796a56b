package io.edgeflow.gateway.actions;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.process.settings.Durations;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads interlocks by recursive descent. The depth is bounded by the length of the text, which is
 * bounded too.
 *
 * <pre>
 * any  := all { "or" all }
 * all  := one { "and" one }
 * one  := "not" one | "(" any ")" | "alarm" "(" rule "," series ")"
 *       | "fresh" "(" series "," duration ")" | series sign constant
 * sign := "==" | "!=" | "&lt;" | "&lt;=" | ">" | ">="
 * </pre>
 *
 * A series is a word, or in "double quotes"; a constant is a number, or a text in 'single quotes'.
 */
final class InterlockParser {
  private static final int LONGEST = 1000;

  private enum Kind {
    WORD,
    SERIES,
    TEXT,
    SIGN,
    END
  }

  private record Token(Kind kind, String text, int at) {
    boolean is(String word) {
      return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  InterlockParser(String text) {
    this.text = text;
  }

  Term parse() {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must be " + LONGEST + " characters or fewer");
    }
    split();
    Term term = any();
    if (peek().kind() != Kind.END) {
      throw expected("and, or, or the end", peek());
    }
    return term;
  }

  private Term any() {
    Term term = all();
    while (taken("or")) {
      term = new Term.Or(term, all());
    }
    return term;
  }

  private Term all() {
    Term term = one();
    while (taken("and")) {
      term = new Term.And(term, one());
    }
    return term;
  }

  private Term one() {
    if (taken("not")) {
      return new Term.Not(one());
    }
    if (taken("(")) {
      Term inner = any();
      must(")");
      return inner;
    }
    if (isCall("alarm")) {
      String rule = word("the name of an alarm");
      must(",");
      Term alarm = new Term.Alarm(new AlarmKey(rule, series()));
      must(")");
      return alarm;
    }
    if (isCall("fresh")) {
      String series = series();
      must(",");
      Term fresh = new Term.Fresh(series, duration());
      must(")");
      return fresh;
    }
    return comparison();
  }

  private boolean isCall(String name) {
    boolean call = peek().is(name) && tokens.get(next + 1).is("(");
    next += call ? 2 : 0;
    return call;
  }

  private Term comparison() {
    String series = series();
    Term.Operator operator = operator();
    Token constant = take();
    if (constant.kind() == Kind.TEXT) {
      if (operator.ordersNumbers()) {
        throw expected("a number, because texts are equal or not", constant);
      }
      return new Term.Compare(series, operator, Double.NaN, constant.text());
    }
    return new Term.Compare(series, operator, number(constant), null);
  }

  private double number(Token token) {
    try {
      double number = token.kind() == Kind.WORD ? Double.parseDouble(token.text()) : Double.NaN;
      if (Double.isFinite(number)) {
        return number + 0.0; // -0.0 is 0.0, as it is in readings.
      }
    } catch (NumberFormatException notOne) {
      // Answered below, like an infinite one.
    }
    throw expected("a number, or a text in 'single quotes'", token);
  }

  private Term.Operator operator() {
    Token sign = take();
    for (Term.Operator operator : Term.Operator.values()) {
      if (sign.is(operator.sign)) {
        return operator;
      }
    }
    throw expected("==, !=, <, <=, > or >=", sign);
  }

  private String series() {
    Token token = take();
    if (token.kind() != Kind.WORD && token.kind() != Kind.SERIES) {
      throw expected("a series", token);
    }
    String fault = SeriesName.fault(token.text());
    if (fault != null) {
      throw new IllegalArgumentException(
          "at character " + (token.at() + 1) + ": " + token.text() + " is no series: " + fault);
    }
    return token.text();
  }

  private String word(String what) {
    Token token = take();
    if (token.kind() != Kind.WORD) {
      throw expected(what, token);
    }
    return token.text();
  }

  private long duration() {
    Token token = take();
    try {
      return Durations.parse(token.text()).toNanos();
    } catch (IllegalArgumentException broken) {
      throw expected("a duration such as 10s", token);
    }
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    next += token.kind() == Kind.END ? 0 : 1;
    return token;
  }

  private boolean taken(String word) {
    boolean there = peek().is(word);
    next += there ? 1 : 0;
    return there;
  }

  private void must(String sign) {
    Token token = take();
    if (!token.is(sign)) {
      throw expected(sign, token);
    }
  }

  private static IllegalArgumentException expected(String what, Token found) {
    String is = found.kind() == Kind.END ? "it ends" : "there is " + found.text();
    return new IllegalArgumentException(
        "at character " + (found.at() + 1) + ": expected " + what + ", but " + is);
  }

  private void split() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"' || c == '\'') {
        at = quoted(at, c);
      } else if ("(),=!<>".indexOf(c) >= 0) {
        at = sign(at);
      } else {
        at = bare(at);
      }
    }
    tokens.add(new Token(Kind.END, "", at));
  }

  private int quoted(int at, char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw new IllegalArgumentException("at character " + (at + 1) + ": the quote has no end");
    }
    Kind kind = quote == '"' ? Kind.SERIES : Kind.TEXT;
    tokens.add(new Token(kind, text.substring(at + 1, end), at));
    return end + 1;
  }

  private int sign(int at) {
    boolean two =
        "=!<>".indexOf(text.charAt(at)) >= 0
            && at + 1 < text.length()
            && text.charAt(at + 1) == '=';
    int end = at + (two ? 2 : 1);
    tokens.add(new Token(Kind.SIGN, text.substring(at, end), at));
    return end;
  }

  private int bare(int at) {
    int end = at;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && "\"'(),=!<>".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    tokens.add(new Token(Kind.WORD, text.substring(at, end), at));
    return end;
  }
}
