using Rectify.Platform;
using Rectify.Platform.Pages;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddPlatform(builder.Configuration);

var app = builder.Build();

app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapRazorComponents<App>();

await app.RunAsync();
