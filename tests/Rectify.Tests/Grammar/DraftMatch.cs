using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rectify.Grammar;

namespace Rectify.Tests.Grammar;

/// <summary>When a field that was read counts as the one that was expected.</summary>
internal static partial class DraftMatch
{
    private const double Alike = 0.9;

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<DeadlineKind, string> Kinds = new()
    {
        [DeadlineKind.Fixed] = "fixed",
        [DeadlineKind.Immediate] = "immediate",
        [DeadlineKind.ImmediateStanding] = "immediate_standing",
        [DeadlineKind.FixedStanding] = "fixed_standing",
        [DeadlineKind.Period] = "period",
        [DeadlineKind.Recurring] = "recurring",
    };

    /// <summary>Letters, digits and characters only, in one width: what is left when layout and punctuation are gone.</summary>
    public static string Bare(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit));

    /// <summary>
    /// The same text, nearly. An expectation that ends in … is a beginning, and may stand up to <paramref name="within"/>
    /// characters into what was read, after a number or a first line.
    /// </summary>
    public static bool Text(string expected, string found, int within)
    {
        var (wanted, actual) = (Bare(expected), Bare(found));
        if (expected.EndsWith('…'))
        {
            return actual.IndexOf(wanted, StringComparison.Ordinal) is >= 0 and var at && at <= within;
        }

        return Likeness(wanted, actual) >= Alike;
    }

    public static bool Number(JsonNode expected, DraftNumber found) =>
        ThisNumber(expected, found) || (expected["or"] as JsonArray ?? []).Any(other => ThisNumber(other!, found));

    public static bool Deadline(JsonNode expected, DraftDeadline found) =>
        (string?)expected["kind"] == Kinds[found.Kind] && Date(expected["date"]) == found.Date
        && (expected["from"] is not { } from || Date(from) == found.From);

    public static bool Notice(JsonNode expected, DraftNotice found) =>
        Date(expected["from"]) == found.From && Date(expected["to"]) == found.To
        && (expected["days"] is not { } days || (int)days == found.Days)
        && (expected["unit"] is not { } unit || (string?)unit == found.Unit);

    public static bool Unit(JsonNode expected, DraftUnit found) =>
        string.Equals((string?)expected["role"], found.Role.ToString(), StringComparison.OrdinalIgnoreCase)
        && UnitName((string)expected["text"]!) == UnitName(found.Text);

    public static bool Person(JsonNode expected, DraftPerson found) => Bare((string)expected!) == Bare(found.Text);

    public static bool Milestone(JsonNode expected, DraftMilestone found) => Date(expected["date"]) == found.Date;

    public static bool Measure(JsonNode expected, DraftMeasure found) => Text((string)expected["text"]!, found.Text.Text, within: 6);

    public static bool Recurrence(JsonNode expected, Recurrence found)
    {
        var (wanted, actual) = (Bare((string)expected!), Bare(found.Text));
        return actual != "" && (wanted.Contains(actual, StringComparison.Ordinal) || actual.Contains(wanted, StringComparison.Ordinal));
    }

    public static string Show(object? field) => field switch
    {
        null => "nothing",
        JsonNode node => node.ToJsonString(Readable),
        string text => text,
        DraftNumber number => $"{number.Text} = {number.Value}",
        DraftUnit unit => $"{unit.Text} ({unit.Role})",
        DraftDeadline deadline => string.Create(CultureInfo.InvariantCulture, $"{deadline.Text} ({deadline.Kind} {deadline.Date:yyyy-MM-dd})"),
        DraftMilestone milestone => string.Create(CultureInfo.InvariantCulture, $"{milestone.Text} ({milestone.Date:yyyy-MM-dd})"),
        DraftMeasure measure => $"{measure.Number} {measure.Text.Text}",
        DraftPerson person => person.Text,
        DraftNotice notice => string.Create(
            CultureInfo.InvariantCulture, $"{notice.From:yyyy-MM-dd}…{notice.To:yyyy-MM-dd} {notice.Days} {notice.Unit}"),
        _ => field.ToString()!,
    };

    internal static DateOnly? Date(JsonNode? node) =>
        (string?)node is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    internal static double Likeness(string one, string other)
    {
        var longer = Math.Max(one.Length, other.Length);
        return longer == 0 ? 1 : 1 - ((double)Distance(one, other) / longer);
    }

    private static bool ThisNumber(JsonNode expected, DraftNumber found)
    {
        var (wanted, actual) = (Bare((string)expected["text"]!), Bare(found.Text));
        return wanted != "" && actual != ""
            && (wanted.Contains(actual, StringComparison.Ordinal) || actual.Contains(wanted, StringComparison.Ordinal))
            && (int?)expected["value"] == found.Value
            && (expected["parent"] is not { } parent || (int)parent == found.Parent)
            && (expected["child"] is not { } child || (int)child == found.Child)
            && (expected["measure"] is not { } measure || (int)measure == found.Measure);
    }

    // 襄阳市、随州市党委和人民政府: the tail belongs to all of the list, so it says nothing about the last.
    private static string UnitName(string text) => SharedTail().Replace(Bare(text), "");

    [GeneratedRegex("党委和?(人民)?政府$")]
    private static partial Regex SharedTail();

    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                (diagonal, row[j]) = (row[j],
                    Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
            }
        }

        return row[other.Length];
    }
}
