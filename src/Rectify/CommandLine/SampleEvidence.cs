using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Files;

namespace Rectify.CommandLine;

/// <summary>Hands in the sample's evidence, each piece by the unit that leads its task, on the day that the index says.</summary>
internal sealed class SampleEvidence
{
    private readonly SampleCast cast;
    private readonly string folder;
    private readonly IReadOnlyList<SampleTaskPlay> tasks;
    private readonly List<Row> rows;

    private sealed record Row(
        string Piece, int Version, string File, IReadOnlyList<int> Tasks, string Measure, PieceDetails Details, DateOnly Added, string Reason);

    public SampleEvidence(SampleFiles files, SampleCast cast, IReadOnlyList<SampleTaskPlay> tasks)
    {
        (this.cast, this.tasks, folder) = (cast, tasks, Path.Combine(files.Folder, "evidence"));
        rows = [.. files.Evidence.Skip(1).Select(line => Read(line.Split('\t')))];
    }

    public IEnumerable<SampleAct> Until(DateOnly after, DateOnly until) =>
        from row in rows
        where row.Added > after && row.Added <= until
        select new SampleAct(SampleTaskPlay.At(row.Added, 14, row.Tasks[0] % 60), tasks[row.Tasks[0] - 1].Chain, (scope, ct) => PlayAsync(scope, row, ct));

    private async Task PlayAsync(SampleScope scope, Row row, CancellationToken ct)
    {
        var task = tasks[row.Tasks[0] - 1];
        var by = cast.For(task.Task, "lead", Role.Responsible);
        var known = await scope.Db.PiecesFor(cast.Office).AsNoTracking().SingleOrDefaultAsync(piece => piece.Title == row.Details.Title, ct);
        if (known?.Newest >= row.Version)
        {
            return;
        }

        var uploads = scope.Get<Uploads>();
        await using var content = File.OpenRead(Path.Combine(folder, row.File));
        var upload = await uploads.ReceiveAsync(content, content.Length, row.File, by.Actor, ct);
        if (known is not null)
        {
            await scope.Get<AddEvidenceVersion>(uploads).RunAsync(known.Id, upload.Id, row.Reason, known.Version, by, ct);
            return;
        }

        Guid[] proves = [.. row.Measure == "*" ? task.Measures.Select(measure => measure.Id) : [task.Item.Id], .. row.Tasks.Skip(1).Select(number => tasks[number - 1].Item.Id)];
        await scope.Get<AddEvidence>(uploads).RunAsync(proves, row.Details, upload.Id, by, ct);
    }

    private static Row Read(string[] cells) => new(
        cells[0], Number(cells[1]) ?? 1, cells[2], [.. cells[3].Split(' ').Select(number => Number(number)!.Value)], cells[4],
        new(cells[6], Enum.Parse<PieceKind>(cells[5]), Day(cells[7]), cells[8], cells[9], cells[10], Spot(cells[11], cells[12]), Day(cells[13]), Day(cells[14])),
        Day(cells[15])!.Value, cells[16]);

    private static Spot? Spot(string latitude, string longitude) => latitude.Length == 0
        ? null
        : Evidence.Spot.Of(decimal.Parse(latitude, CultureInfo.InvariantCulture), decimal.Parse(longitude, CultureInfo.InvariantCulture), Datum.Wgs84);

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
