using Rectify.Proof;

namespace Rectify.Witness;

/// <summary>The witness as a web server: takes checkpoints, shows the last of each journal.</summary>
internal static class WitnessApp
{
    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>Puts the server together; it serves when it is started.</summary>
    /// <exception cref="InvalidDataException">The state is not what this witness wrote.</exception>
    public static WebApplication Build(string urls, WitnessPolicy policy, INoteSigner signer, WitnessState state, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [$"--urls={urls}"] });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AddCheckpoint.Longest;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(services => new Countersign(policy, signer, state, clock, services.GetRequiredService<ILogger<Countersign>>()));

        var app = builder.Build();
        app.Services.GetRequiredService<Countersign>().Load();
        app.MapPost("/add-checkpoint", async (HttpRequest request, Countersign witness, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            var answer = await witness.RunAsync(body.GetBuffer().AsMemory(0, (int)body.Length), ct);
            return answer.Status switch
            {
                200 => Results.Text(answer.Why, PlainText),
                409 => Results.Text(answer.Why + "\n", WitnessAnswer.SizeType, statusCode: answer.Status),
                _ => Results.Text(answer.Why + "\n", PlainText, statusCode: answer.Status),
            };
        });
        app.MapGet("/{name}/checkpoint", (string name, Countersign witness) =>
            witness.Last(name) is { } note ? Results.Text(note.ToString(), PlainText) : Results.NotFound());
        app.MapGet("/health", () => Results.Text("ok\n", PlainText));
        return app;
    }
}
