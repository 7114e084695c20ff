using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Evidence;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Portal;
using Rectify.Tasks;
using Rectify.Tests.Tasks;
using SkiaSharp;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Portal;

/// <summary>A stranger who knows every address and every id tries all of them: no door of the product gives what was not published.</summary>
public sealed class HostileTests : IAsyncLifetime
{
    private const string Secret = "QunpublishedQ";

    private ServedProduct served = null!;
    private Guid task;
    private Guid publicId;

    /// <summary>Every id that there is, and every name of a file.</summary>
    private readonly List<string> ids = [];

    private readonly List<string> names = [];

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync();
        await served.InAsync(async services =>
        {
            var (db, system, journal, clock) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<TimeProvider>());
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var county = await services.GetRequiredService<CreateUnit>().RunAsync(new("C1", $"County {Secret}", UnitKind.County), region.Id, system, Ct);
            var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, county.Id, $"Person {Secret}", ""), system, Ct);
            var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, "reporter", Password, Setup, Ct);
            await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, Role.Responsible, county.Id, null, null, Setup, Ct);
            (task, var measure) = await Rectifying.HaveTaskAsync(services, region, county, county);
            var item = await db.ItemsFor(system, Right.Read).SingleAsync(one => one.Id == task, Ct);
            publicId = item.PublicId;
            item.Change(new("第一项", 1, $"Problem {Secret}.") { Title = $"Title {Secret}", Goal = $"Goal {Secret}." });
            var notice = db.Add(PublicNotice.Create(item.ProgrammeId, region.Id, $"Notice {Secret}")).Entity;
            await journal.CommitAsync(new ItemChanged { Subject = task, By = Setup, At = clock.NowMs, Item = "x" }, Ct);
            db.ChangeTracker.Clear();

            var reporter = await Reader.AccessOf(db, (await db.Accounts().SingleAsync(one => one.UserName == "reporter", Ct)).Actor, clock.Today, Ct);
            var office = await OfficeAsync(db, clock);
            var photo = Photo();
            var upload = (await services.GetRequiredService<Uploads>().ReceiveAsync(new MemoryStream(photo), photo.Length, $"{Secret}.jpg", reporter.Actor, Ct)).Id;
            var piece = await services.GetRequiredService<AddEvidence>().RunAsync([task], new($"Piece {Secret}", PieceKind.Photo) { EffectiveOn = clock.Today }, upload, reporter, Ct);
            var picture = await services.GetRequiredService<MaskPicture>().RunAsync(task, piece, new(false, $"Caption {Secret}", $"Alt {Secret}", []), office, Ct);
            names.AddRange(await db.PublicPicturesFor(office).Select(one => one.Name).ToListAsync(Ct));
            ids.AddRange(new[] { task, measure, item.PublicId, item.ProgrammeId, notice.Id, notice.PublicId, piece, picture, upload, county.Id, person.Id, account.Id, Guid.Empty }.Select(id => id.ToString()));
            names.AddRange(ids.Select(id => id.Replace("-", "", StringComparison.Ordinal)));
        });
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task No_door_gives_a_stranger_what_was_not_published_whether_shut_open_or_withdrawn()
    {
        using var stranger = served.Client();
        var doors = EveryDoor.Of(served, ids, names, most: 40).Concat(Asked()).ToList();
        Assert.True(doors.Count > 300, $"{doors.Count} doors");
        foreach (var state in new[] { "shut", "published in a shut programme", "open", "withdrawn" })
        {
            await served.InAsync(services => BringToAsync(services, state));
            // Only public doors change with what is published; the others are tried once.
            foreach (var door in doors.Where(door => state == "shut" || door.StartsWith("/public", StringComparison.Ordinal)))
            {
                using var answer = await stranger.GetAsync(door, Ct);
                var text = await answer.Content.ReadAsStringAsync(Ct);
                Assert.False(text.Contains(Secret, StringComparison.OrdinalIgnoreCase), $"{state}: {door} {(int)answer.StatusCode}");
                Assert.True((int)answer.StatusCode < 500, $"{state}: {door} {(int)answer.StatusCode}");
                var itemsOwn = ids.Concat(names).Any(id => door.Split('?')[0].Contains(id, StringComparison.Ordinal));
                // Once published, that it was taken back is public under its public id; nothing stands under any other.
                var told = state is "open" or "withdrawn" && door.Contains(publicId.ToString(), StringComparison.Ordinal);
                Assert.False(door.StartsWith("/public", StringComparison.Ordinal) && itemsOwn && !told && answer.IsSuccessStatusCode, $"{state}: {door} {(int)answer.StatusCode}");
                foreach (var header in answer.Headers.Concat(answer.Content.Headers))
                {
                    Assert.DoesNotContain(header.Value, value => value.Contains(Secret, StringComparison.OrdinalIgnoreCase));
                }
            }
        }
    }

    // The site's own with what somebody might try to filter by.
    private IEnumerable<string> Asked()
    {
        foreach (var query in new[] { $"q={Secret}", $"unit=County+{Secret}", $"aspect={Secret}", "status=draft", "after=~", $"after=2000-01-01~{ids[0]}", "q=%00", "lang=ug", "lang=..%2F..", "on=2020-01-01" })
        {
            foreach (var page in new[] { "/public", "/public/r1", "/public/r1/items", "/public/r1/closures", "/public/r1/notices", "/PUBLIC/R1/ITEMS", "/public//r1/items", "/public/r1/items/../../items/" + ids[0] })
            {
                // The filter's own field shows what was asked for: that is no leak.
                if (!query.Contains(Secret, StringComparison.Ordinal))
                {
                    yield return $"{page}?{query}";
                }
            }
        }
    }

    private async Task BringToAsync(IServiceProvider services, string state)
    {
        var (db, clock) = (services.GetRequiredService<Db>(), services.GetRequiredService<TimeProvider>());
        var office = await OfficeAsync(db, clock);
        async Task OpenAsync(bool open)
        {
            var version = await db.PublicProgrammesFor(office).Select(one => one.Version).SingleOrDefaultAsync(Ct);
            await services.GetRequiredService<SetPublicProgramme>().RunAsync("r1", new(open, "Public", "", "", "", "CC BY 4.0", ""), version, office, Ct);
            db.ChangeTracker.Clear();
        }

        switch (state)
        {
            case "open":
                // Published, and taken back before it was opened: nothing of it is public.
                await services.GetRequiredService<WithdrawPublication>().RunAsync(task, "by mistake", office, Ct);
                db.ChangeTracker.Clear();
                await OpenAsync(true);
                break;
            case "published in a shut programme" or "withdrawn":
                var pictures = await db.PublicPicturesFor(office).Select(one => one.Id).ToListAsync(Ct);
                var choice = new PublicationChoice($"Title {Secret}", Enum.GetValues<PublicField>(), [], "", Secret, pictures, "as agreed");
                var draft = await PublicationDraft.MakeAsync(db, task, choice, office, clock.Today, Ct);
                await services.GetRequiredService<PublishItem>().RunAsync(task, choice, draft.Hash, office, Ct);
                db.ChangeTracker.Clear();
                if (state == "withdrawn")
                {
                    await services.GetRequiredService<WithdrawPublication>().RunAsync(task, "by mistake", office, Ct);
                    db.ChangeTracker.Clear();
                }

                break;
        }
    }

    private static async Task<Access> OfficeAsync(Db db, TimeProvider clock) => await Reader.AccessOf(db, (await db.Accounts().SingleAsync(one => one.UserName == "office", Ct)).Actor, clock.Today, Ct);

    private static byte[] Photo()
    {
        using var surface = SKSurface.Create(new SKImageInfo(64, 48));
        surface.Canvas.Clear(SKColors.Green);
        using var shot = surface.Snapshot();
        using var jpeg = shot.Encode(SKEncodedImageFormat.Jpeg, 80);
        return jpeg.ToArray();
    }
}
