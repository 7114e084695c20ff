using Rectify.Platform.Text;
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

        /// <summary>A closing by what it closes; of a part the task's number comes first: 第四十九项 · 菽垄市.</summary>
        public string Heading(ClosureCase one) => one.Above is { } above ? words["closure.part", words.Crumb(above), words.Heading(one.Item)] : words.Heading(one.Item);

        /// <summary>A fingerprint in short: its first and last four digits.</summary>
        public static string Fingerprint(string hash) => hash.Length < 9 ? hash : $"{hash[..4]}…{hash[^4..]}";
    }
}
