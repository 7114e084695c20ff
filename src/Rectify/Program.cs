using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Web;

var builder = WebApplication.CreateBuilder(args);

builder.AddWeb();
builder.Services.AddPlatform(builder.Configuration);
builder.Services.AddOrganisation();

var app = builder.Build();

app.UseWeb();

app.MapWeb();

await app.RunAsync();
