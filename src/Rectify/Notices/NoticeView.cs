using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Notices;

/// <summary>One notice with all that its page inside the product shows.</summary>
internal sealed record NoticeView
{
    public required PublicNotice Notice { get; init; }

    /// <summary>Of a draft, the first day for which its words and doubts are told.</summary>
    public required DateOnly First { get; init; }

    public required Programme Programme { get; init; }

    public required IReadOnlyList<NoticePart> Parts { get; init; }

    public required IReadOnlyList<ClosureCase> Cases { get; init; }

    /// <summary>As published, or as it would be published today: with what is withheld.</summary>
    public required NoticeContent Content { get; init; }

    /// <summary>Of a draft, all that was found and overruled; of a published notice empty.</summary>
    public required IReadOnlyList<Doubt> Doubts { get; init; }

    /// <summary>Reasons that were given, with the contradictions' keys.</summary>
    public required IReadOnlyList<Overruling> Overrulings { get; init; }

    /// <summary>Empty for whoever does not receive them; how many there are stands in <see cref="ObjectionCount"/>.</summary>
    public required IReadOnlyList<Objection> Objections { get; init; }

    public required int ObjectionCount { get; init; }

    public required int OpenObjections { get; init; }

    public required NoticeClock? Clock { get; init; }

    public required IReadOnlyList<Piece> Pieces { get; init; }

    public required IReadOnlyDictionary<string, (string Name, string? Unit)> People { get; init; }

    public required bool IsOffice { get; init; }

    /// <summary>Whether the reader enters objections that came by post, by hand or by phone.</summary>
    public required bool MayEnter { get; init; }

    /// <summary>Of a draft, the desks that it may send objections to, by their unit.</summary>
    public required IReadOnlyDictionary<Guid, ReceiverDetails> Desks { get; init; }

    /// <summary>Passages that are withheld, for those who write it and its office; for others empty.</summary>
    public IReadOnlyList<Mask> Masks => IsOffice || MayWrite ? Notice.Masks : [];

    /// <summary>Whether the reader writes and publishes it.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>Whether somewhere to turn with objections is set.</summary>
    public required bool HasDesk { get; init; }

    /// <summary>Of a draft that would go out in the name of an area, which signs nothing, the area.</summary>
    public required Unit? AreaSigning { get; init; }

    /// <summary>Where the programme's notices usually stand.</summary>
    public required string UsualChannel { get; init; }

    public int Standing => Doubts.Count(doubt => doubt.Overruled is null);

    public int? Left(DateOnly today) => Clock is { } clock && Notice.IsRunning ? Math.Max(0, clock.Left(Notice.Days, today)) : null;

    /// <param name="from">Of a draft, the first day that would be announced; <see langword="null"/> for today. A day to come counts as today.</param>
    /// <exception cref="Refusal">404: no such notice, or not theirs to read.</exception>
    public static async Task<NoticeView> ReadAsync(Db db, NoticeWork work, TimeProvider clock, Access reader, Guid id, CancellationToken ct, DateOnly? from = null)
    {
        var first = from is { } day && day < clock.Today ? day : clock.Today;
        var notice = await db.NoticesFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("public-notice", id);
        var programme = await db.ProgrammesFor(NoticeWork.Room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == notice.ProgrammeId, ct);
        var (parts, cases) = await work.CasesAsync(notice, ct);
        var desk = await db.ObjectionDesks().AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id, ct);
        var objections = await db.Objections().AsNoTracking().Where(one => one.NoticeId == id).OrderBy(one => one.No).ToListAsync(ct);
        var overrulings = await db.Overrulings().AsNoTracking().Where(one => one.NoticeId == id).OrderBy(one => one.At).ToListAsync(ct);
        var office = NoticeWork.IsOfficeOf(reader, notice, programme.RegionId);
        var draft = notice.State is NoticeState.Draft;
        var pieces = await db.NoticePieces().Where(one => one.NoticeId == id).Join(db.PiecesFor(reader), one => one.PieceId, piece => piece.Id, (_, piece) => piece).AsNoTracking().ToListAsync(ct);
        var actors = overrulings.Select(one => one.By).Concat(objections.Select(one => one.SettledBy).Append(notice.PublishedBy).OfType<Actor>());
        return new()
        {
            Notice = notice,
            First = first,
            Programme = programme,
            Parts = parts,
            Cases = cases,
            Content = notice.Content.Length > 0 ? NoticeContent.Read(notice.Content)
                : (await NoticeWork.WordsAsync(db, notice, parts, cases, null, first, ct)).Apply(new(notice.Masks)),
            Doubts = draft ? await new NoticeStatement(db, clock).DoubtsAsync(notice, parts, cases, first, ct) : [],
            Overrulings = overrulings,
            Objections = office ? objections : [],
            ObjectionCount = objections.Count,
            OpenObjections = objections.Count(one => one.IsOpen),
            Clock = notice.From is null ? null : NoticeWork.Clock(notice, objections, await db.CalendarAsync(ct)),
            Pieces = pieces,
            People = await ItemHistory.PeopleAsync(db, actors.Distinct(), ct),
            IsOffice = office,
            MayEnter = notice.IsPublic && (office || NoticeWork.Receives(reader, notice)),
            Desks = draft ? await NoticeWork.DesksAsync(db, programme.Id, ct) : [],
            MayWrite = draft && await MayWriteAsync(work, cases, reader, ct),
            HasDesk = desk is not null,
            AreaSigning = draft ? await NoticeWork.AreaSigningAsync(db, notice, desk?.Details, ct) : null,
            UsualChannel = desk?.Channel ?? "",
        };
    }

    private static async Task<bool> MayWriteAsync(NoticeWork work, IReadOnlyList<ClosureCase> cases, Access reader, CancellationToken ct)
    {
        try
        {
            foreach (var one in cases)
            {
                await work.DemandWriterAsync(one, reader, ct);
            }

            return true;
        }
        catch (Refusal)
        {
            return false;
        }
    }
}

/// <summary>The notices of a programme, the newest first.</summary>
internal static class NoticeList
{
    public const int PageSize = 50;

    /// <param name="Open">Objections that wait for a decision.</param>
    public sealed record Row(PublicNotice Notice, string Mark, int Items, int Objections, int Open);

    /// <param name="state">Only these; <see langword="null"/> for all but those dropped.</param>
    /// <param name="item">Only of this item.</param>
    /// <param name="after">The last one of the page before.</param>
    public static async Task<List<Row>> PageAsync(Db db, Access reader, Guid programme, NoticeState? state, Guid? item, Guid? after, CancellationToken ct)
    {
        var notices = db.NoticesFor(reader).AsNoTracking().Where(one => one.ProgrammeId == programme && (state == null ? one.State != NoticeState.Dropped : one.State == state));
        if (item is { } of)
        {
            notices = notices.Where(one => db.NoticeParts().Any(part => part.NoticeId == one.Id && part.ItemId == of));
        }

        if (after is { } last)
        {
            notices = notices.Where(one => one.Id < last); // ids are given in order of time
        }

        var page = await notices.OrderByDescending(one => one.Id).Take(PageSize).ToListAsync(ct);
        var ids = page.Select(one => one.Id).ToArray();
        var items = await db.NoticeParts().Where(part => EF.Parameter(ids).Contains(part.NoticeId)).GroupBy(part => part.NoticeId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, ct);
        var objections = await db.Objections().Where(one => EF.Parameter(ids).Contains(one.NoticeId)).GroupBy(one => one.NoticeId)
            .Select(group => new { group.Key, Count = group.Count(), Open = group.Count(one => one.Outcome == null) }).ToDictionaryAsync(one => one.Key, ct);
        var mark = await db.ObjectionDesks().Where(one => one.ProgrammeId == programme).Select(one => one.Mark).SingleOrDefaultAsync(ct) ?? "";
        return [.. page.Select(one => new Row(one, mark, items.GetValueOrDefault(one.Id), objections.GetValueOrDefault(one.Id)?.Count ?? 0, objections.GetValueOrDefault(one.Id)?.Open ?? 0))];
    }

    /// <summary>Closings that wait for a notice which the reader may publish, and that none is being written for.</summary>
    public static async Task<List<ClosureCase>> DueAsync(Db db, NoticeWork work, Access reader, Guid programme, CancellationToken ct)
    {
        var drafts = db.NoticesFor(NoticeWork.Room).Where(one => one.State == NoticeState.Draft);
        var waiting = await db.ClosuresFor(reader).AsNoTracking()
            .Where(one => one.ProgrammeId == programme && one.State == ClosureState.Running && one.NoticeId == null
                && !db.NoticeParts().Any(part => part.ClosureId == one.Id && drafts.Any(draft => draft.Id == part.NoticeId)))
            .OrderBy(one => one.StepSince).ThenBy(one => one.Id).Take(500).ToListAsync(ct);
        var due = new List<ClosureCase>();
        foreach (var one in waiting.Count == 0 ? [] : await new ClosureReading(db).ReadAsync(waiting, ct))
        {
            if (one.Next is { Kind: StepKind.Notice })
            {
                try
                {
                    await work.DemandWriterAsync(one, reader, ct);
                    due.Add(one);
                }
                catch (Refusal)
                {
                    // Another duty or unit publishes it.
                }
            }
        }

        return due;
    }
}
