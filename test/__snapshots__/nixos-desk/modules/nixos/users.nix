{ ... }:
{
  users.users.ham = {
    isNormalUser = true;
    description = "Ham";
    extraGroups = [
      "wheel"
      "networkmanager"
      "audio"
    ];
  };
}
