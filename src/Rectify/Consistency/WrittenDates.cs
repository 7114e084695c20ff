using System.Globalization;
using System.Text.RegularExpressions;
using Rectify.Calendars;
using Rectify.Grammar;

namespace Rectify.Consistency;

/// <summary>Dates and numbers of days as people wrote them: dates that cannot be, and notices whose words tell of other days than were announced.</summary>
internal static partial class WrittenDates
{
    public static IEnumerable<Contradiction> Check(string text, StatementField field, int no)
    {
        var folded = Fold.Of(text);
        foreach (var match in Malformed().Matches(folded).Where(match => !IsPossible(match)))
        {
            yield return new(ConsistencyRule.Date, field, no, text[match.Index..(match.Index + match.Length)], "");
        }
    }

    /// <summary>What the words of a notice say of its days, sentence by sentence: against dates in the same sentence, or else against those announced.</summary>
    public static IEnumerable<Contradiction> Days(NoticePeriod notice, WorkingCalendar calendar)
    {
        var folded = Fold.Of(notice.Words);
        foreach (var (start, end) in Sentences(folded))
        {
            var sentence = folded[start..end];
            if (!sentence.Contains("公示", StringComparison.Ordinal))
            {
                continue;
            }

            var period = notice;
            if (DateGrammar.All(sentence, notice.From).Where(date => date is { Range: true, Grain: Grain.Day }).Select(date => (DateSpan?)date).FirstOrDefault() is { } range)
            {
                period = notice with { From = range.From, To = range.To };
                if ((range.From, range.To) != (notice.From, notice.To))
                {
                    yield return new(ConsistencyRule.NoticeDays, StatementField.Notice, 0, notice.Words[(start + range.Start)..(start + range.End)], $"{Iso(notice.From)}—{Iso(notice.To)}");
                }
            }

            foreach (Match match in Said().Matches(sentence))
            {
                var said = int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var number) ? number : ChineseNumber.Parse(match.Groups[1].Value);
                var counted = DayRules.Count(period with { Working = match.Groups[2].Value == "工作日" }, calendar);
                if (said is { } days && days != counted)
                {
                    yield return new(ConsistencyRule.NoticeDays, StatementField.Notice, 0, days.ToString(CultureInfo.InvariantCulture), counted.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }

    private static IEnumerable<(int Start, int End)> Sentences(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOfAny(['。', '\n', ';'], start) is >= 0 and var stop ? stop : text.Length;
            yield return (start, end);
            start = end + 1;
        }
    }

    // Of what the pattern finds only a whole date is to be judged: the rest has lost its characters.
    private static bool IsPossible(Match match)
    {
        if (!match.Groups["year"].Success)
        {
            return false;
        }

        var month = int.Parse(match.Groups["month"].Value, CultureInfo.InvariantCulture);
        return month is >= 1 and <= 12 && (!match.Groups["day"].Success
            || (int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture) is >= 1 and var day && day <= DateTime.DaysInMonth(int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), month)));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // 2018522日, 2018年522日, 201805月22日, 2018年月22日, 2018年5月日; and 2018年2月30日.
    [GeneratedRegex(@"(?<![0-9])(?:19|20)[0-9]{2}(?:[0-9]{2,4}日|年[0-9]{3,4}日|[0-9]{1,2}月(?:[0-9]{1,2}日)?|年月(?:[0-9]{1,2}日)?|年[0-9]{1,2}月日)|(?<![0-9])(?<year>(?:19|20)[0-9]{2})年(?<month>[0-9]{1,2})月(?:(?<day>[0-9]{1,2})日)?")]
    private static partial Regex Malformed();

    [GeneratedRegex("(?:公示(?:期|时间|期限)?(?:为|共|是)?:?|为期|共计?|[(])\\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})个?(工作日|自然日|天)")]
    private static partial Regex Said();
}
