using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CsCheck;
using Rectify.Platform.Journal;

namespace Rectify.Tests.Redaction;

/// <summary>Bars in texts and in JSON: nothing of the value stays, and nothing else goes.</summary>
public sealed class BlackeningTests
{
    private static readonly JavaScriptEncoder[] Encoders = [JavaScriptEncoder.UnsafeRelaxedJsonEscaping, JavaScriptEncoder.Create(UnicodeRanges.All), JavaScriptEncoder.Default];

    // Characters that JSON escapes, that look like its own marks, or that a name has.
    private static readonly Gen<string> Words = Gen.String[Gen.Char["ab某\"\\:{}[],\n <'█"], 0, 8];

    private static readonly Gen<string> Values = Gen.String[Gen.Char["ab某\"\\:{}[],\n <'"], 2, 4];

    [Fact]
    public void In_a_plain_text_the_value_goes_and_all_else_stays() => Gen.Select(Values, Words, Words).Sample((value, before, after) =>
    {
        var text = $"x{before}{value}{after}";
        var black = Blackening.Of(text, value);
        Assert.DoesNotContain(value, black, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(text.Replace(value, Blackening.BarFor(value), StringComparison.OrdinalIgnoreCase), black);
        Assert.True(black.Length <= text.Length);
        Assert.Same(black, Blackening.Of(black, value));
    });

    // However a room escapes it, and in a document within a text of the document.
    [Fact]
    public void In_a_document_every_text_loses_it_and_names_numbers_and_other_texts_stay() => Gen.Select(Values, Words.Array[1, 4], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool).Sample((value, others, outer, inner, nested) =>
    {
        var document = new JsonObject { [value] = 7, ["a"] = $"{others[0]}{value}{others[^1]}", ["list"] = new JsonArray([.. others.Select(other => JsonValue.Create(other))]), ["n"] = 12 };
        var text = document.ToJsonString(new() { Encoder = Encoders[inner] });
        if (nested)
        {
            text = new JsonArray("first", text, 3).ToJsonString(new() { Encoder = Encoders[outer] });
        }

        var read = JsonNode.Parse(Blackening.Of(text, value))!;
        var black = nested ? JsonNode.Parse(read[1]!.GetValue<string>())! : read;
        Assert.Equal(nested ? 3 : 12, nested ? read[2]!.GetValue<int>() : black["n"]!.GetValue<int>());
        Assert.Equal(7, black[value]!.GetValue<int>()); // the name of a member is no text
        Assert.Equal(Blackening.Of($"{others[0]}{value}{others[^1]}", value), black["a"]!.GetValue<string>());
        Assert.Equal(others.Select(other => Blackening.Of(other, value)), black["list"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Same(text, Blackening.Of(text, "nowhere in it"));
    });

    // The database is asked with these forms: none that a room can have written may be missing.
    [Fact]
    public void Every_spelling_is_among_the_forms_that_are_looked_for() => Gen.Select(Values, Gen.Int[0, 2], Gen.Bool).Sample((value, inner, nested) =>
    {
        var text = new JsonArray(value).ToJsonString(new() { Encoder = Encoders[inner] });
        text = nested ? new JsonArray(text).ToJsonString(new() { Encoder = Encoders[inner] }) : text;
        Assert.Contains(Blackening.FormsOf(value), form => text.Contains(form, StringComparison.Ordinal));
    });

    [Fact]
    public void The_salt_of_a_document_gives_way_to_another_with_the_value_and_stays_without()
    {
        const string Signed = """{"text":"by Q某某","salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";
        var black = Blackening.Of(Signed, "Q某某");
        Assert.Matches("""^\{"text":"by ███","salt":"[A-Za-z0-9_-]{22}"\}$""", black);
        Assert.DoesNotContain("AAAAAAAAAA", black, StringComparison.Ordinal);
        Assert.NotEqual(black, Blackening.Of(Signed, "Q某某")); // another one each time: what is withheld next cannot be tried out either
        Assert.Same(Signed, Blackening.Of(Signed, "Q某"[..1] + "没有"));
    }

    // Whatever the spelling, people read the same.
    [Fact]
    public void The_texts_of_a_document_are_what_was_written_into_it() => Gen.Select(Words.Array[1, 4], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool).Sample((said, outer, inner, nested) =>
    {
        var texts = said.Select(one => $"x{one}").ToArray(); // none that is JSON itself
        var text = new JsonObject { ["name"] = 7, ["list"] = new JsonArray([.. texts.Select(one => JsonValue.Create(one))]) }.ToJsonString(new() { Encoder = Encoders[inner] });
        Assert.Equal(texts, Blackening.TextsOf(nested ? new JsonArray(text, 3).ToJsonString(new() { Encoder = Encoders[outer] }) : text));
        Assert.Equal([texts[0]], Blackening.TextsOf(texts[0]));
    });
}
