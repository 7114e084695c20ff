using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Portal;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>The commands of closing for one act of the story, by its clock.</summary>
internal sealed class SampleClosingWork
{
    private static readonly Access All = Access.OfSystem(Platform.Actor.System("sample"));

    private readonly SampleScope scope;
    private readonly NoticePass pass = new();

    public SampleClosingWork(SampleScope scope)
    {
        this.scope = scope;
        IStepGate[] gates = [new DossierGate(scope.Db, scope.Clock), new SubTaskGate(scope.Db), new NoticeGate(scope.Db, pass), new PublishGate(scope.Db)];
        Work = new(scope.Db, scope.Journal, scope.Clock, scope.Get<PlaceFacts>(), gates);
        Notices = new(scope.Db, Work, scope.Get<PlaceFacts>(), scope.Clock);
    }

    public ClosureWork Work { get; }

    public NoticeWork Notices { get; }

    public TakeStep Take => new(scope.Db, Work);

    public DraftNotice Draft => new(scope.Db, scope.Journal, Notices, scope.Clock);

    public OverruleContradiction Overrule => new(scope.Db, scope.Journal, Notices, scope.Clock);

    public PublishNotice Publish => new(scope.Db, Work, new(scope.Db, Work), Notices, pass, scope.Clock);

    public EndNotice End => new(scope.Db, scope.Journal, Work, Notices, pass);

    /// <summary>The closing of an item that was begun as the first, second, … one.</summary>
    public async Task<ItemClosure?> FindAsync(Guid item, int no, CancellationToken ct) =>
        (await scope.Db.ClosuresFor(All).AsNoTracking().Where(one => one.ItemId == item).OrderBy(one => one.BeganAt).Skip(no).Take(1).ToListAsync(ct)).FirstOrDefault();

    public Task<int> ActsAsync(Guid closure, CancellationToken ct) => scope.Db.ClosureActs().CountAsync(act => act.ClosureId == closure, ct);

    /// <summary>The closing, if so many acts were done on it; <see langword="null"/> if the next was done too.</summary>
    public async Task<ItemClosure?> AtAsync(Guid item, int no, int acts, CancellationToken ct) =>
        await FindAsync(item, no, ct) is { } one && await ActsAsync(one.Id, ct) == acts ? one : null;

    /// <summary>Begins a closing, or goes on with one that was begun, writes the declaration and signs it.</summary>
    public async Task DeclareAsync(Guid item, Guid? unit, Func<Declaration, Declaration> write, Access by, CancellationToken ct)
    {
        var begun = await scope.Db.ClosuresFor(All).AsNoTracking().Where(one => one.ItemId == item && one.Live != null && one.State == ClosureState.Drafting).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(ct);
        var id = begun ?? await new BeginClosure(scope.Db, scope.Journal, scope.Get<PlaceFacts>(), scope.Clock).RunAsync(item, unit, by, ct);
        scope.Db.ChangeTracker.Clear();
        var closure = await scope.Db.ClosuresFor(All).AsNoTracking().SingleAsync(one => one.Id == id, ct);
        var version = await new SaveDeclaration(scope.Journal, Work).RunAsync(id, write(closure.Declaration), closure.Version, by, ct);
        await Take.RunAsync(id, version, new(scope.Today), by, ct);
    }
}
