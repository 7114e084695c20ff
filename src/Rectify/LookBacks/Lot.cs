using System.Security.Cryptography;
using System.Text;

namespace Rectify.LookBacks;

/// <summary>The draw by lot, as anyone can recompute it: a fixed list, a seed that nobody knew when the list was fixed, and SHA-256. Format: docs/formats/draw.md.</summary>
public static class Lot
{
    /// <summary>The part of a list that is not divided.</summary>
    public const string Whole = "-";

    /// <summary>The part of a unit: always the same in a programme, so that one list stays one list, and no name, since what is published may withhold it.</summary>
    public static string PartOf(Guid programme, Guid unit) => Hex($"{programme:N} {unit:N}")[..8];

    /// <param name="Part">The part of the list from which so many are drawn; <see cref="Whole"/> where it is not divided.</param>
    /// <param name="Id">The item's public id, 22 characters of base64url.</param>
    public sealed record Candidate(string Part, string Id);

    /// <param name="Number">64 small hexadecimal digits: the lowest are drawn.</param>
    public sealed record Ticket(Candidate Candidate, string Number, int Rank, bool Drawn);

    /// <summary>A candidate's lot: SHA-256 of the seed's UTF-8, one line feed and the id, in small hexadecimal digits.</summary>
    public static string Number(string seed, string id) => Hex($"{seed}\n{id}");

    /// <summary>All candidates in the order of their lots, part by part; the first so many of each part are drawn.</summary>
    /// <param name="perPart">How many of each part; all of a part that has fewer.</param>
    public static IReadOnlyList<Ticket> Draw(string seed, IEnumerable<Candidate> candidates, int perPart) =>
    [
        .. from part in candidates.Distinct().GroupBy(candidate => candidate.Part).OrderBy(part => part.Key, StringComparer.Ordinal)
           from one in part.Select(candidate => (Candidate: candidate, Number: Number(seed, candidate.Id)))
               .OrderBy(one => one.Number, StringComparer.Ordinal).ThenBy(one => one.Candidate.Id, StringComparer.Ordinal).Index()
           select new Ticket(one.Item.Candidate, one.Item.Number, one.Index + 1, one.Index < perPart),
    ];

    /// <summary>The list as it is published: a line <c>part id</c> for each candidate, sorted by bytes, each line ended by a line feed.</summary>
    public static string List(IEnumerable<Candidate> candidates) =>
        string.Concat(candidates.Select(one => $"{one.Part} {one.Id}\n").Distinct().Order(StringComparer.Ordinal));

    /// <summary>The candidates of a list that <see cref="List"/> wrote.</summary>
    public static IReadOnlyList<Candidate> Read(string list) =>
        [.. list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(parts => new Candidate(parts[0], parts[1]))];

    /// <summary>SHA-256 of the text's UTF-8 in 64 small hexadecimal digits.</summary>
    public static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
