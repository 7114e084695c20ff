using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>Closings in the reader's words.</summary>
internal static class ClosureWords
{
    extension(Words words)
    {
        /// <summary>Where something changed since it was signed: 措施2的内容, 佐证材料“改造清单”的文件.</summary>
        public string Changed(SignedDifference.Line line, IReadOnlyDictionary<string, string> pieces)
        {
            var place = System.Text.RegularExpressions.Regex.Match(line.Path, @"(measures|goals)\[(\d+)\]");
            var member = line.Path[(line.Path.LastIndexOf('.') + 1)..].Split('[')[0];
            var what = line.Piece is { } piece ? words[$"closure.changed.piece.{member}", pieces.GetValueOrDefault(piece, piece)]
                : words.Has($"closure.changed.{member}") ? words[$"closure.changed.{member}"]
                : member;
            return place.Success ? words[$"closure.changed.of.{place.Groups[1].Value}", place.Groups[2].Value, what] : what;
        }

        /// <summary>A notice by its number, or by its place among the programme's where it has none, with its days.</summary>
        /// <param name="to">Its last day, as it was announced or as it stands.</param>
        public string Told(ClosureNotice notice, DateOnly to)
        {
            var told = notice.Number.Length > 0
                ? words["closure.notice.told.number", notice.Number, notice.From, to, words.Days(new DaySpan(notice.Days, notice.Working))]
                : words["closure.notice.told", notice.No, notice.From, to, words.Days(new DaySpan(notice.Days, notice.Working))];
            var here = DateOnly.FromDateTime(words.Local(notice.OpenedAt).DateTime);
            return notice.From < here ? $"{told}{words["closure.notice.told.late", here]}" : told;
        }

        /// <summary>How many lines of a checklist are met, and how many do not apply.</summary>
        public string Told(IReadOnlyList<CheckedLine> checks)
        {
            var (met, not) = (checks.Count(check => check.Answer is CheckAnswer.Met), checks.Count(check => check.Answer is CheckAnswer.NotApplicable));
            return not == 0 ? words["closure.checks.told", met, checks.Count] : words["closure.checks.told.not", met, checks.Count, not];
        }

        /// <summary>A closing by what it closes; of a part the task's number comes first: 第四十九项 · 菽垄市.</summary>
        public string Heading(ClosureCase one) => one.Above is { } above ? words["closure.part", words.Crumb(above), words.Heading(one.Item)] : words.Heading(one.Item);

        /// <summary>A fingerprint in short: its first and last four digits.</summary>
        public static string Fingerprint(string hash) => hash.Length < 9 ? hash : $"{hash[..4]}…{hash[^4..]}";
    }
}
